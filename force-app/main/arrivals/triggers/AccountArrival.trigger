/**
 * @description Before an Account is saved: what arrives from SAP.
 */
trigger AccountArrival on Account(before insert, before update) {
    ArrivalGuard.check(Trigger.new, Trigger.oldMap);
}
