/** What the routes are grouped by: the first group whose pattern a path matches has it. */
export const tags = [
  {
    name: "Connections",
    pattern: /^\/v1\/vpn-connections(?!\/:id\/deliveries)/,
    description: "Creating VPN connections, and following each to its end.",
  },
  {
    name: "Webhooks",
    pattern: /^\/v1\/(webhooks|vpn-connections\/:id\/deliveries)/,
    description: "Deliveries of webhooks, and trying out an endpoint. Signed by Standard Webhooks 1.0.",
  },
  {
    name: "Administration",
    pattern: /^\/v1\/admin\//,
    description: "Tenants, their API keys and webhook secrets, and the audit log. Scope `admin`.",
  },
  {
    name: "Access",
    pattern: /^\/v1\/key$/,
    description: "What the API key that asks is, and may do.",
  },
  { name: "Operations", pattern: /^\/v1\//, description: "What a person on call asks: what needs a look, and why." },
  { name: "Service", pattern: /^\//, description: "Without an API key: liveness, and what documents the API." },
] as const;
