/** How a register file is written. Apart from what reads it, which commands load only when they need it. */
export const formatNames = ['ndjson', 'csv'] as const;
export type FormatName = (typeof formatNames)[number];
