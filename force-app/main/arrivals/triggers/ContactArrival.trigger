/**
 * @description Before a Contact is saved: what arrives from SAP, then what a move means, then the key made of it all.
 */
trigger ContactArrival on Contact(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
    if (Trigger.isUpdate) {
        ContactOutbox.beforeUpdate(Trigger.new, Trigger.oldMap);
    }
    ContactKey.maintain(Trigger.new, Trigger.oldMap);
}
