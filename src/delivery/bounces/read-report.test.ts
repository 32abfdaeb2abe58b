import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeliveryReport, readReport } from '#src/delivery/bounces/read-report.ts';

const envelopeId = 'a'.repeat(48);
const to = `bounces+${envelopeId}@example.fr`;
const messageId = '<3f0c2a58-0a53-4a57-9b3e-0d1f6a3c2b10@compte.example.fr>';

/** A mail of lines, as it travels. */
function mail(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'));
}

/** As servers write it: a text for people, the status, and what comes back of the mail. */
function report(
  boundary: string,
  status: readonly string[],
  returned: readonly string[] = ['Content-Type: text/rfc822-headers', '', `Message-ID: ${messageId}`],
): Buffer {
  return mail(
    'From: MAILER-DAEMON@mx.example.net',
    `To: ${to}`,
    'Subject: Undeliverable',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Your message was not delivered.',
    '',
    `--${boundary}`,
    ...status,
    '',
    `--${boundary}`,
    ...returned,
    '',
    `--${boundary}--`,
    '',
  );
}

const failed = { action: 'failed', status: '5.1.1', sentTo: [to], envelopeId: null, messageId } as const;

/** What servers send, written after their own manuals and public examples: nobody's mail. */
const shapes: readonly [server: string, raw: Buffer, expected: DeliveryReport | null][] = [
  [
    'Postfix',
    report('8F3C.1792/mx.example.net', [
      'Content-Description: Delivery report',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      `Original-Envelope-Id: ${envelopeId}`,
      'X-Postfix-Queue-ID: 8F3C',
      'X-Postfix-Sender: rfc822; bounces@example.fr',
      'Arrival-Date: Mon,  2 Mar 2026 10:00:00 +0100 (CET)',
      '',
      'Final-Recipient: rfc822; camille@example.net',
      'Original-Recipient: rfc822;camille@example.net',
      'Action: failed',
      'Status: 5.1.1',
      'Remote-MTA: dns; mx.example.net',
      'Diagnostic-Code: smtp; 550 5.1.1 <camille@example.net>: Recipient address',
      '    rejected: User unknown',
    ]),
    { ...failed, envelopeId },
  ],
  [
    'sendmail, with a delay',
    report('i22A00aB012345.1772442000/mx.example.net', [
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      'Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0100',
      '',
      'Final-Recipient: RFC822; camille@example.net',
      'Action: delayed',
      'Status: 4.4.1 (No answer from host)',
      'Remote-MTA: DNS; mx.example.net',
      'Last-Attempt-Date: Mon, 2 Mar 2026 14:00:00 +0100',
      'Will-Retry-Until: Sat, 7 Mar 2026 10:00:00 +0100',
    ]),
    { ...failed, action: 'delayed', status: '4.4.1' },
  ],
  [
    'Exim',
    report('1772442000-eximdsn-1804289383', [
      'Content-type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      '',
      'Action: failed',
      'Final-Recipient: rfc822;camille@example.net',
      'Status: 5.0.0',
      'Remote-MTA: dns; mx.example.net',
      'Diagnostic-Code: smtp; 550 No such user here',
    ]),
    { ...failed, status: '5.0.0' },
  ],
  [
    'Exchange and Outlook, the whole mail returned',
    report(
      '_6a0e9c0f-1f0b-4a4e-9b0e-0c4f1c1b2a3d_',
      [
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns;AM0PR01MB0000.eurprd01.prod.exchangelabs.com',
        'Received-From-MTA: dns;compte.example.fr',
        'Arrival-Date: Mon, 2 Mar 2026 09:00:00 +0000',
        '',
        'Final-Recipient: rfc822;camille@example.net',
        'Action: failed',
        'Status: 5.1.10',
        'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found',
        'X-Display-Name: camille@example.net',
      ],
      [
        'Content-Type: message/rfc822',
        '',
        'Received: from compte.example.fr (192.0.2.1) by AM0PR01MB0000',
        ' with Microsoft SMTP Server; Mon, 2 Mar 2026 09:00:00 +0000',
        'Content-Type: multipart/alternative; boundary="inner"',
        'Message-ID:',
        `\t${messageId}`,
        '',
        '--inner',
        'Content-Type: text/plain',
        '',
        'Bonjour',
        '--inner--',
      ],
    ),
    { ...failed, status: '5.1.10' },
  ],
  [
    'Gmail',
    report('000000000000a1b2c305f0e1d2c3', [
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; googlemail.com',
      `Received-From-MTA: dns; bounces@example.fr`,
      'Arrival-Date: Mon, 02 Mar 2026 01:00:00 -0800 (PST)',
      'X-Original-Message-ID: <x@y>',
      '',
      'Final-Recipient: rfc822; camille@example.net',
      'Action: failed',
      'Status: 5.1.1',
      'Remote-MTA: dns; gmail-smtp-in.l.google.com. (142.250.0.26, the server for the domain.)',
      'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.',
      ' 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser x - gsmtp',
      'Last-Attempt-Date: Mon, 02 Mar 2026 01:00:01 -0800 (PST)',
    ]),
    failed,
  ],
  [
    'Amazon SES',
    report('a7Q.1772442000', [
      'Content-Type: message/delivery-status',
      'Content-Transfer-Encoding: 7bit',
      '',
      'Reporting-MTA: dsn; a7-31.smtp-out.eu-west-1.amazonses.com',
      '',
      'Action: failed',
      'Final-Recipient: rfc822; camille@example.net',
      'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
      'Status: 5.1.1',
    ]),
    failed,
  ],
  [
    'no blank line before the recipient’s fields',
    report('yahoo', [
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mta4.example.net',
      `Original-Envelope-Id: ${envelopeId}`,
      'Arrival-Date: Mon, 2 Mar 2026 09:00:00 +0000',
      'Final-Recipient: rfc822;camille@example.net',
      'Action: failed',
      'Status: 5.1.1',
    ]),
    { ...failed, envelopeId },
  ],
  [
    'no blank line anywhere, two recipients',
    report('relay', [
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; relay.example.net',
      'Final-Recipient: rfc822;autre@example.net',
      'Action: relayed',
      'Status: 2.0.0',
      'Final-Recipient: rfc822;camille@example.net',
      'Action: failed',
      'Status: 5.1.1',
    ]),
    failed,
  ],
  [
    'no blank line after the part’s own headers',
    report('bare', [
      'Content-Type: message/delivery-status',
      'Reporting-MTA: dns; relay.example.net',
      '',
      'Final-Recipient: rfc822;camille@example.net',
      'Action: failed',
      'Status: 5.1.1',
    ]),
    failed,
  ],
  [
    'nothing but headers',
    report('bare', ['Content-Type: message/delivery-status', 'Action: failed', 'Status: 5.1.1']),
    failed,
  ],
  [
    'blank lines before, and spaces in them',
    report('loose', [
      'Content-Type: message/delivery-status',
      '',
      '',
      'Reporting-MTA: dns; relay.example.net',
      ' \t',
      '',
      'final-recipient: rfc822;camille@example.net',
      'ACTION:FAILED (see below)',
      'status:5.1.1 bad address',
    ]),
    failed,
  ],
  [
    'a status in base64, of an address in UTF-8',
    report('global', [
      'Content-Type: message/global-delivery-status',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(
        'Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: utf-8; é@exemple.fr\r\nAction: failed\r\nStatus: 5.1.1\r\n',
      ).toString('base64'),
    ]),
    failed,
  ],
  [
    'a status in quoted-printable',
    report('qp', [
      'Content-Type: message/delivery-status',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Reporting-MTA: dns; x',
      '',
      'Action: fail=',
      'ed',
      'Status: 5=2E1.1',
    ]),
    failed,
  ],
  [
    'a list’s footer around it',
    mail(
      `To: ${to}`,
      'Content-Type: multipart/mixed;',
      ' boundary=outer',
      '',
      '--outer',
      'Content-Type: multipart/report; boundary=outer-2',
      '',
      '--outer-2',
      'Content-Type: message/delivery-status',
      '',
      'Action: failed',
      'Status: 5.1.1',
      '--outer-2',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-Id: ${messageId}`,
      '--outer-2--',
      '--outer',
      'Content-Type: text/plain',
      '',
      'Footer',
      '--outer--',
    ),
    failed,
  ],
  [
    'lines that end with a line feed, cut in the middle',
    Buffer.from(
      report('cut', ['Content-Type: message/delivery-status', '', 'Action: failed', 'Status: 5.1.1'])
        .toString()
        .replaceAll('\r\n', '\n')
        .replace(/--cut\nContent-Type: text\/rfc822[\s\S]*/, ''),
    ),
    { ...failed, messageId: null },
  ],
  [
    'U+2028 and other characters that end lines elsewhere',
    report('lines', [
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; a\u2028Action: delivered\u0085\u000bAction: delivered',
      'Action: failed',
      'Status: 5.1.1',
    ]),
    failed,
  ],
  [
    'comments, a boundary in pieces, blank lines before all, none before what comes back',
    Buffer.concat([
      Buffer.from('\r\n\r\n'),
      Buffer.from(
        report(
          'in two',
          [
            'Content-Type: message / delivery-status (RFC 3464)',
            'Content-Transfer-Encoding: base64 (as a file)',
            '',
            Buffer.from('Action: failed\r\nStatus: 5.1.1\r\n').toString('base64'),
          ],
          ['Content-Type: text/rfc822-headers', `Message-ID: ${messageId}`],
        )
          .toString()
          .replace('boundary="in two"', 'boundary*0="in "; boundary*1*=two'),
      ),
    ]),
    failed,
  ],
  [
    'a status only in the words of the server, after its reply code',
    report('words', [
      'Content-Type: message/delivery-status',
      '',
      'Action: failed',
      'Status: unknown',
      'Diagnostic-Code: smtp; 550 host 5.5.5.5 said: 550 5.1.1 no such mailbox',
    ]),
    failed,
  ],
  [
    'qmail, which writes for people only',
    mail(
      'From: MAILER-DAEMON@mx.example.net',
      `To: ${to}`,
      'Subject: failure notice',
      '',
      'Hi. This is the qmail-send program at mx.example.net.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      '',
      '<camille@example.net>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Action: failed',
      'Status: 5.1.1',
    ),
    null,
  ],
  [
    'an absence',
    mail(`To: ${to}`, 'Auto-Submitted: auto-replied', '', 'Je suis en vacances. Action: failed'),
    null,
  ],
  [
    'a report about the reading of a mail',
    report('mdn', [
      'Content-Type: message/disposition-notification',
      '',
      'Disposition: manual-action/MDN-sent-manually; displayed',
    ]),
    null,
  ],
  [
    'a status that tells of nobody',
    report('empty', ['Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; x']),
    null,
  ],
];

for (const [server, raw, expected] of shapes)
  test(`a report as it comes: ${server}`, () => assert.deepEqual(readReport(raw), expected));

test('any beginning of a report, and any report with a byte changed, is read or refused, never thrown', () => {
  for (const [, raw] of shapes)
    for (let at = 0; at < raw.length; at += 7) {
      readReport(raw.subarray(0, at));
      const changed = Buffer.from(raw);
      changed[at] = (at * 31) % 256;
      readReport(changed);
    }
});
