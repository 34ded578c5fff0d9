/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapInvoiceItemArrival on SAP_Invoice_Item__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
