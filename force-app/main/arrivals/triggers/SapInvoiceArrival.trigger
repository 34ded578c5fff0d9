/**
 * @description Before a copy is saved: what arrives from SAP.
 */
trigger SapInvoiceArrival on SAP_Invoice__c(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
