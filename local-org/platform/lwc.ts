/** The component engine, with synthetic shadow in place before it starts: an org's record pages use it too. */
import '@lwc/synthetic-shadow';
export * from '@lwc/engine-dom';
