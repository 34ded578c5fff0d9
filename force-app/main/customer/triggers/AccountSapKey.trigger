/**
 * @description Before an Account is saved: its SAP customer key.
 */
trigger AccountSapKey on Account(before insert, before update) {
    AccountCustomerKey.maintain(Trigger.new, Trigger.oldMap);
}
