/**
 * @description When a price is saved: before, what arrives from SAP; after, the price book.
 */
trigger SapPriceArrival on SAP_Price__c(before insert, before update, after insert, after update) {
    if (Trigger.isBefore) {
        ArrivalGuard.check(Trigger.new, Trigger.oldMap);
    } else {
        PriceBookPrices.afterSave(Trigger.new, Trigger.oldMap);
    }
}
