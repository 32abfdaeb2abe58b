import type { Config, Secrets, SmsGatewaySettings } from '#src/config/config.ts';
import { isWithin } from '#src/config/dkim.ts';
import type { Delivering } from '#src/delivery/delivering.ts';
import { openSmsGateway } from '#src/delivery/sms/gateway.ts';
import { type MailTransport, openMailTransport } from '#src/delivery/transport.ts';

type Transports = Pick<Delivering, 'transport' | 'secondTransport' | 'sms'>;

interface TransportConfig {
  readonly config: Pick<Config, 'mail'>;
  readonly secrets: Pick<Secrets, 'dkimKey'>;
  readonly smtpUrl: string | null;
  /** For the second sender; null: the same server. */
  readonly secondSmtpUrl: string | null;
  readonly sms: SmsGatewaySettings | null;
  readonly publicUrl: string;
}

/** Opens the configured transports. Mails of a sender outside the DKIM domain are not signed here. */
export function openTransports(settings: TransportConfig): Transports & { close(): void } {
  const { config, secrets, smtpUrl, secondSmtpUrl, sms, publicUrl } = settings;
  const { mail } = config;
  if (!smtpUrl) throw new Error('There is no mail server: SMTP_URL is missing');
  const key = secrets.dkimKey?.reveal();
  const opened: MailTransport[] = [];
  const open = (from: string, url: string) => {
    const signs = mail.dkim && key && isWithin(from.slice(from.lastIndexOf('@') + 1), mail.dkim.domain);
    const transport = openMailTransport({
      smtpUrl: url,
      from,
      fromName: mail.fromName,
      publicUrl,
      bounceAddress: mail.bounceAddress,
      dkim: signs && mail.dkim ? { ...mail.dkim, key } : null,
    });
    opened.push(transport);
    return transport;
  };
  return {
    transport: open(mail.from, smtpUrl),
    secondTransport: mail.secondFrom ? open(mail.secondFrom, secondSmtpUrl ?? smtpUrl) : null,
    sms: sms && openSmsGateway(sms),
    close: () => {
      for (const transport of opened) transport.close();
    },
  };
}
