import type { Config, Secrets, SmsGatewaySettings } from '#src/config/config.ts';
import { isWithin } from '#src/config/dkim.ts';
import type { Delivering } from '#src/delivery/deliver.ts';
import { openSmsGateway } from '#src/delivery/sms/gateway.ts';
import { type MailTransport, openMailTransport } from '#src/delivery/transport.ts';

type Transports = Pick<Delivering, 'transport' | 'secondTransport' | 'sms'>;

interface Where {
  readonly config: Pick<Config, 'mail'>;
  readonly secrets: Pick<Secrets, 'smtpUrl' | 'secondSmtpUrl' | 'dkimKey'>;
  /** In the demo: its own. */
  readonly smtpUrl: string | null;
  readonly sms: SmsGatewaySettings | null;
  readonly publicUrl: string;
}

/** Every way of sending that the configuration names. A sender outside DKIM’s domain leaves unsigned by us. */
export function openTransports(where: Where): Transports & { close(): void } {
  const { config, secrets, sms, publicUrl } = where;
  const { mail } = config;
  const smtpUrl = where.smtpUrl ?? secrets.smtpUrl?.reveal();
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
  const secondUrl = where.smtpUrl ?? secrets.secondSmtpUrl?.reveal() ?? smtpUrl;
  return {
    transport: open(mail.from, smtpUrl),
    secondTransport: mail.secondFrom ? open(mail.secondFrom, secondUrl) : null,
    sms: sms && openSmsGateway(sms),
    close: () => {
      for (const one of opened) one.close();
    },
  };
}
