/** First word of the log line in which a test page reports an error that nobody caught. The runner counts each as a failure. */
export const UNCAUGHT = '[uncaught]';
