export type CloudName = 'public' | 'usgov' | 'china';

/** What belongs together: a token for one cloud is of no use in another. */
export interface Cloud {
  readonly resourceManagerUrl: string;
  readonly tokenScope: string;
  readonly authorityHost: string;
  readonly portalUrl: string;
}

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: cloudAt({
    resourceManagerUrl: 'https://management.azure.com',
    authorityHost: 'https://login.microsoftonline.com',
    portalUrl: 'https://portal.azure.com',
  }),
  usgov: cloudAt({
    resourceManagerUrl: 'https://management.usgovcloudapi.net',
    authorityHost: 'https://login.microsoftonline.us',
    portalUrl: 'https://portal.azure.us',
  }),
  china: cloudAt({
    resourceManagerUrl: 'https://management.chinacloudapi.cn',
    authorityHost: 'https://login.chinacloudapi.cn',
    portalUrl: 'https://portal.azure.cn',
  }),
};

function cloudAt(addresses: Omit<Cloud, 'tokenScope'>): Cloud {
  return { ...addresses, tokenScope: `${addresses.resourceManagerUrl}/.default` };
}
