/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapSalesAreaDataArrival on SAP_Sales_Area_Data__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
