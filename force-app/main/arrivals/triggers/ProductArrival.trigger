/**
 * @description Before a product is saved: what arrives from SAP.
 */
trigger ProductArrival on Product2(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
