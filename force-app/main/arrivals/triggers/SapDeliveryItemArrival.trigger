/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapDeliveryItemArrival on SAP_Delivery_Item__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
