/**
 * @description When Accounts are saved or go: the outbox.
 */
trigger AccountOutbox on Account(before delete, after insert, after update, after delete) {
    switch on Trigger.operationType {
        when BEFORE_DELETE {
            AccountRemoval.beforeDelete(Trigger.oldMap.keySet());
        }
        when AFTER_DELETE {
            AccountRemoval.afterDelete(Trigger.old);
        }
        when AFTER_UPDATE {
            OwnedFields.protect(Trigger.new, Trigger.oldMap, Account.SAP_Customer_Number__c);
            AccountOutbox.afterSave(Trigger.newMap, Trigger.oldMap);
        }
        when else {
            AccountOutbox.afterSave(Trigger.newMap, null);
        }
    }
}
