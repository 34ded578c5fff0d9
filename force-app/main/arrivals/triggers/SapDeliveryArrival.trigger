/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapDeliveryArrival on SAP_Delivery__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
