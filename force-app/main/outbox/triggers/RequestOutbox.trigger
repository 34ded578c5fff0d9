/**
 * @description When requests are written or go: what follows from it in the outbox.
 */
trigger RequestOutbox on SAP_Request__c(before delete, after insert) {
    if (Trigger.isDelete) {
        RequestNumbers.keep(Trigger.old);
    } else {
        ContactBacklog.queue(Trigger.new);
    }
}
