/** What a mail server sends back about one mail (RFC 3464), from scratch: as other people's servers write it. */
export interface ReportOf {
  readonly to: string;
  readonly action?: string;
  readonly status?: string;
  readonly messageId?: string;
  readonly envelopeId?: string;
  readonly recipient?: string;
}

export function deliveryReport({
  to,
  action = 'failed',
  status = '5.1.1',
  messageId = '',
  envelopeId = '',
  recipient = 'camille@example.fr',
}: ReportOf): Buffer {
  return Buffer.from(
    [
      'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status;',
      '\tboundary="8F3C.1792/mx.example.net"',
      '',
      'This is a MIME-encapsulated message.',
      '',
      '--8F3C.1792/mx.example.net',
      'Content-Description: Notification',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `I'm sorry: <${recipient}>: host mx said: 550 5.1.1 no such user`,
      '',
      '--8F3C.1792/mx.example.net',
      'Content-Description: Delivery report',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      ...(envelopeId ? [`Original-Envelope-Id: ${envelopeId}`] : []),
      'X-Postfix-Queue-ID: 8F3C',
      'Arrival-Date: Mon,  2 Mar 2026 10:00:00 +0100 (CET)',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      `Action: ${action}`,
      `Status: ${status}`,
      'Diagnostic-Code: smtp; 550 5.1.1',
      `    no such user ${recipient}`,
      '',
      '--8F3C.1792/mx.example.net',
      'Content-Description: Undelivered Message Headers',
      'Content-Type: text/rfc822-headers',
      '',
      'From: Votre Assurance Maladie <ne-pas-repondre@example.fr>',
      ...(messageId ? [`Message-ID: ${messageId}`] : []),
      'Subject: Votre compte ameli',
      '',
      '--8F3C.1792/mx.example.net--',
      '',
    ].join('\r\n'),
  );
}
