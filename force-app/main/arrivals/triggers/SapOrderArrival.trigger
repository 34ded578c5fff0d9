/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapOrderArrival on SAP_Order__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
