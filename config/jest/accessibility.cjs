/** Adds `toBeAccessible()`: axe on what a component rendered. */
require('@sa11y/jest').setup();
