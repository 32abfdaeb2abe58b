/** Imported first where tests are to stand on the embedded engine although there is a server. */
process.env.TEST_ENGINE = 'embedded';
