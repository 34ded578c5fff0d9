/**
 * @description When Leads are converted: the outbox.
 */
trigger LeadOutbox on Lead(after update) {
    LeadOutbox.afterUpdate(Trigger.new, Trigger.oldMap);
}
