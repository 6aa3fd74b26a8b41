/** Version of this code: the same as in package.json (a test compares them). Registered elements carry it, and tabs of one version share. */
export const VERSION = '0.1.0';
