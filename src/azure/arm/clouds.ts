export type CloudName = 'public' | 'usgov' | 'china';

/** A token for one cloud is of no use in another. */
export interface Cloud {
  readonly resourceManagerUrl: string;
  readonly tokenScope: string;
  readonly authorityHost: string;
  readonly portalUrl: string;
  readonly logsUrl: string;
  readonly logsScope: string;
}

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: cloudAt({
    resourceManagerUrl: 'https://management.azure.com',
    authorityHost: 'https://login.microsoftonline.com',
    portalUrl: 'https://portal.azure.com',
    logsUrl: 'https://api.loganalytics.azure.com/v1',
    // The service is registered under this name at both its addresses.
    logsScope: 'https://api.loganalytics.io/.default',
  }),
  usgov: cloudAt({
    resourceManagerUrl: 'https://management.usgovcloudapi.net',
    authorityHost: 'https://login.microsoftonline.us',
    portalUrl: 'https://portal.azure.us',
    logsUrl: 'https://api.loganalytics.us/v1',
    logsScope: 'https://api.loganalytics.us/.default',
  }),
  china: cloudAt({
    resourceManagerUrl: 'https://management.chinacloudapi.cn',
    authorityHost: 'https://login.chinacloudapi.cn',
    portalUrl: 'https://portal.azure.cn',
    logsUrl: 'https://api.loganalytics.azure.cn/v1',
    logsScope: 'https://api.loganalytics.azure.cn/.default',
  }),
};

function cloudAt(addresses: Omit<Cloud, 'tokenScope'>): Cloud {
  return { ...addresses, tokenScope: `${addresses.resourceManagerUrl}/.default` };
}
