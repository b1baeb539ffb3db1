export interface Scope {
  readonly of: 'workspace' | 'resource';
  readonly path: string;
  readonly hostIds: readonly string[];
  readonly action: string;
}

export function scopesOf(workspaceId: string, hostIds: readonly string[]): readonly Scope[] {
  if (hostIds.length === 0) return [];
  if (workspaceId !== 'resource') {
    const action = 'Microsoft.OperationalInsights/workspaces/query/MicrosoftAzureBastionAuditLogs/read';
    return [{ of: 'workspace', path: `/workspaces/${workspaceId}`, hostIds, action }];
  }
  const action = 'Microsoft.Insights/logs/MicrosoftAzureBastionAuditLogs/read';
  return hostIds.map((hostId) => ({ of: 'resource', path: hostId, hostIds: [hostId], action }));
}
