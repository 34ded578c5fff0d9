/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapPartnerArrival on SAP_Partner__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
