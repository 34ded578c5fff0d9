/**
 * @description When Contacts are saved or go: the outbox.
 */
trigger ContactOutbox on Contact(before delete, after insert, after update) {
    switch on Trigger.operationType {
        when BEFORE_DELETE {
            ContactOutbox.beforeDelete(Trigger.oldMap);
        }
        when AFTER_UPDATE {
            OwnedFields.protect(Trigger.new, Trigger.oldMap, Contact.SAP_Contact_Number__c);
            ContactOutbox.afterSave(Trigger.newMap, Trigger.oldMap);
        }
        when else {
            ContactOutbox.afterSave(Trigger.newMap, null);
        }
    }
}
