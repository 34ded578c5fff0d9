/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapOrderItemArrival on SAP_Order_Item__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
