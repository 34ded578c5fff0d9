/** A customer that the simulated SAP takes as it is; tests change what they are about. */
export const draft = {
  name: 'Zephyr Robotics GmbH',
  address: { street: 'Lindenstraße', houseNumber: '12', postalCode: '20095', city: 'Hamburg', country: 'DE' },
  language: 'DE',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'EUR',
};
