/** Every Apex method the components call, as a mock that fails until a test answers it. */
const methods = [
  'PanelController.load',
  'PanelController.refresh',
  'PanelController.readOrder',
  'CustomerRequestController.form',
  'CustomerRequestController.matches',
  'CustomerRequestController.commitRequest',
  'CustomerRequestController.send',
  'CustomerRequestController.check',
  'CustomerRequestController.link',
  'SyncIssueController.load',
  'SyncIssueController.retry',
  'SyncIssueController.discard',
  'SyncStatusController.load',
];

for (const method of methods) {
  const unanswered = () => Promise.reject(new Error(`${method} was called, but the test does not answer it`));
  jest.doMock(`@salesforce/apex/${method}`, () => ({ __esModule: true, default: jest.fn(unanswered) }), {
    virtual: true,
  });
}
