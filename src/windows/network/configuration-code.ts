/** What the methods of Win32_NetworkAdapterConfiguration answer. */
export const ConfigurationCode = {
  success: 0,
  notSupported: 64,
  invalidSubnetMask: 66,
  invalidParameter: 68,
  tooManyGateways: 69,
  invalidAddress: 70,
  invalidGateway: 71,
  invalidDomain: 73,
  invalidHost: 74,
  noPrimaryWins: 75,
  invalidFile: 76,
  invalidPath: 77,
  invalidSecurity: 79,
  cannotRenew: 82,
  cannotRelease: 83,
  ipNotEnabled: 84,
  outOfBounds: 90,
  accessDenied: 91,
  notAllLeases: 98,
  dhcpNotEnabled: 100,
} as const;

export const DONE = { ReturnValue: ConfigurationCode.success };
