/**
 * @description Before an issue is saved: what a person wants done with it.
 */
trigger SyncIssueWish on SAP_Sync_Issue__c(before insert, before update) {
    SyncIssueWish.check(Trigger.new, Trigger.oldMap);
}
