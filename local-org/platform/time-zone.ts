/** Stand-in for `@salesforce/i18n/timeZone`: the zone of whoever looks. */

export default new Intl.DateTimeFormat().resolvedOptions().timeZone;
