// Generated from openapi.json by `npm run client-types`.
export interface components {
    schemas: {
        Actor: {
            address?: string;
            keyId: string | "bootstrap";
            keyName: string;
            requestId: string;
            tenant: string;
        };
        /** @description An API key, less its text. */
        ApiKey: {
            createdAt: components["schemas"]["Time"];
            expiresAt?: components["schemas"]["Time"];
            id: string;
            name: string;
            rateLimit?: components["schemas"]["RateLimit"];
            replacedBy?: string;
            revokedAt?: components["schemas"]["Time"];
            scopes: components["schemas"]["Scope"][];
            valid: boolean;
        };
        ApiKeys: {
            items: components["schemas"]["ApiKey"][];
        };
        /** @description What a person should look at. */
        Attention: {
            groups: components["schemas"]["AttentionGroup"][];
            items: components["schemas"]["AttentionItem"][];
            nextCursor?: string;
        };
        /** @description What several requests have in common that need a person. */
        AttentionGroup: {
            /** @description What to do next. */
            action: string;
            /** @description One of them, to look at, where the broker knows one. */
            connectionId?: string;
            /** @description Requests in it. */
            count: number;
            /** @description The code that all ended with. */
            errorCode?: components["schemas"]["RequestErrorCode"];
            /** @description The host that takes none of their webhooks. */
            host?: string;
            /** @description The vendor that all are at. */
            provider?: components["schemas"]["Provider"];
            /**
             * @description What they have in common.
             * @enum {string}
             */
            reason: "failure_wave" | "provider_unreadable" | "webhook_host_failing";
            /** @description The vendor's region that all are in. */
            region?: string;
        };
        AttentionItem: {
            /** @description What to do next. */
            action: string;
            /** @description The request. */
            connection: components["schemas"]["Connection"];
            /** @description The host that does not take its webhook. */
            host?: string;
            /** @description Why to look. */
            reason: components["schemas"]["AttentionReason"];
        };
        /**
         * @description Why a person should look.
         * @enum {string}
         */
        AttentionReason: "unknown" | "connection_found" | "webhook_given_up" | "webhook_failing" | "past_deadline" | "provider_problem" | "queued_too_long" | "not_started" | "takes_too_long" | "failed";
        /** @enum {string} */
        AuditAction: "connection.create" | "connection.cancel" | "connection.redrive" | "connection.dry_run" | "pre_shared_keys.reveal" | "pre_shared_keys.mismatch" | "delivery.resend" | "webhook.example" | "tenant.set" | "tenant.suspend" | "tenant.resume" | "webhook_secret.rotate" | "api_key.create" | "api_key.rotate" | "api_key.revoke" | "fingerprint_keys.rotate";
        /** @description Who did what, when, from where and why. */
        AuditEntry: {
            action: components["schemas"]["AuditAction"];
            at: components["schemas"]["Time"];
            by: components["schemas"]["Actor"];
            details?: {
                [key: string]: string | number | string[];
            };
            id: string;
            reason?: string;
            target?: string;
            tenant: string;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            nextCursor?: string;
        };
        /** @description BGP through the tunnel. */
        BgpSettings: {
            /** @description Alibaba Cloud only: the cloud's AS number, 1 to 4294967295, or its halves as `123.456`. Required with two tunnels. */
            localAsn?: number | string;
            /**
             * Format: ipv4
             * @description The cloud's address in it: one of its two hosts. Absent = the other than `remoteIp`.
             */
            localIp?: string;
            /**
             * Format: ipv4
             * @description The peer's address in it: one of its two hosts. Absent = the other than `localIp`. Tencent Cloud needs one of the two.
             */
            remoteIp?: string;
            /** @description The network inside the tunnel: a /30 of 169.254.0.0/16, each tunnel's own. Alibaba Cloud keeps 169.254.0.0/30 to 169.254.6.0/30 and 169.254.169.252/30 to itself. */
            tunnelCidr: string;
        };
        /** @description Where the webhook goes. */
        Callback: {
            /**
             * Format: uri
             * @description An https URL of up to 2048 characters, at port 443 or 8443 of a public address, without a user name or password. A broker on your own computer (`npm start`) also takes `http` to this computer, at any port: `127.0.0.1`, `localhost`, `[::1]`. It is signed with the tenant's secret.
             */
            url: string;
        };
        /** @description The body of a webhook: the request was canceled. */
        CanceledEvent: {
            data: components["schemas"]["Connection"];
            timestamp: components["schemas"]["Time"];
            /** @constant */
            type: "vpn_connection.canceled";
        };
        ChangedTenant: {
            createdAt: components["schemas"]["Time"];
            credentials: components["schemas"]["TenantCredentials"];
            gateways: string[];
            maxUnfinishedRequests: number;
            name: string;
            revision: number;
            suspended?: components["schemas"]["Suspension"];
            updatedAt: components["schemas"]["Time"];
            webhookSecret?: string;
            webhookSecrets: components["schemas"]["WebhookSecret"][];
            /** Format: uri */
            webhookUrl?: string;
        };
        /** @description A request and the connection that it makes, as it is now. */
        Connection: {
            /** @description How many creates the vendor was sent. */
            attempts: number;
            /** @description The caller's own name for the request, or the one that the broker made. */
            clientToken: string;
            /** @description When it ended. */
            completedAt?: components["schemas"]["Time"];
            /** @description When it was accepted. */
            createdAt: components["schemas"]["Time"];
            /** @description Why the request did not succeed. */
            error?: components["schemas"]["RequestError"];
            /** @description When it is likely to end. Absent once it has, and while it takes longer than nearly all did of late. */
            estimatedCompletionAt?: components["schemas"]["Time"];
            /** @description The broker's id of the request and its connection: a hash of tenant and `clientToken`. */
            id: string;
            /** @description The name that was asked for. */
            name: string;
            /** @description The vendor. */
            provider: components["schemas"]["Provider"];
            /** @description The connection's id at the vendor, as soon as it is known. */
            providerConnectionId?: string;
            /** @description What the connection is called at the vendor; its end finds it, whatever became of the rest. */
            providerConnectionName: string;
            /** @description The vendor's last answer, while it stands in the way. */
            providerProblem?: components["schemas"]["ProviderProblem"];
            /** @description Where the request stands in its gateway's queue, while it is queued. */
            queue?: components["schemas"]["Queue"];
            /** @description The vendor's region id. */
            region: string;
            /** @description What the vendor shows of the connection, read when it was ready, beside what was asked for. */
            reported?: components["schemas"]["Reported"];
            /** @description The request with every default filled in, less keys. */
            request: components["schemas"]["EffectiveRequest"];
            /** @description Grows with each change: the number in `ETag`. */
            revision: number;
            /** @description How far the request is. */
            status: components["schemas"]["Status"];
            /** @description The same in a sentence, for people. */
            statusReason: string;
            /** @description Whose it is: in answers to keys with the scope `operations`, and in no webhook. */
            tenant?: string;
            /** @description How far each tunnel has negotiated, in the order of the request. */
            tunnels: components["schemas"]["TunnelStatus"][];
            /** @description When it was changed last. */
            updatedAt: components["schemas"]["Time"];
            /** @description The vendor's id of the VPN gateway. */
            vpnGatewayId: string;
            /** @description What the caller should know, in sentences. */
            warnings: string[];
        };
        /** @description A page of connections, newest first; with `nextCursor` while there may be more. */
        ConnectionPage: {
            items: components["schemas"]["Connection"][];
            nextCursor?: string;
        };
        /** @description What a key that may change and not read sees of a connection. */
        ConnectionReceipt: {
            /** @description The caller's own name for the request. */
            clientToken: string;
            /** @description The broker's id of the request. */
            id: string;
            /** @description Grows with each change. */
            revision: number;
            /** @description How far the request is. */
            status: components["schemas"]["Status"];
        };
        /** @description A connection to make. What depends on several members, and on what the vendor has, is checked beyond this schema. */
        CreateRequest: {
            /** @description `true` lets a second connection between the same gateways with overlapping networks through. */
            allowDuplicate?: boolean;
            /** @description Must be `true` for `des`, `3des`, `md5`, `sha1`, groups 1, 2 and 5, and for IKE version 1 in aggressive mode. */
            allowWeakCryptography?: boolean;
            /** @description Alibaba Cloud only: whether the gateway publishes the connection's routes to the VPC by itself. Tencent Cloud takes `false`, which is what it does. */
            autoConfigureRoutes?: boolean;
            /** @description Where to send a webhook when the request has ended. Absent = to the tenant's endpoint, if it has one. */
            callback?: components["schemas"]["Callback"];
            /** @description The caller's own name for this request, by which it is accepted once: 1 to 64 characters from `!` to `~`. Absent = the broker makes one, and answers it. May stand in the header `Idempotency-Key` instead. */
            clientToken?: string;
            /** @description A probe through the tunnel. Alibaba Cloud: with routing mode `policy`, `route`, `bgp`, with one tunnel only; Tencent Cloud: with routing mode `route`, `bgp`. */
            healthCheck?: components["schemas"]["HealthCheck"];
            /** @description What the connection is called: 1 to 47 characters, no space at either end, no control or format characters, not beginning with http:// or https://. At the vendor a hyphen and 12 characters of the id follow. */
            name: string;
            /** @description When negotiation begins: at once, with the first packet, or when the peer begins. Alibaba Cloud: `immediate`, `on-traffic`; Tencent Cloud: `immediate`, `on-traffic`, `passive`. */
            negotiation?: components["schemas"]["Negotiation"];
            /** @description The vendor to make the connection at. */
            provider: components["schemas"]["Provider"];
            /** @description Seconds, 60 to 86400, to wait for the gateway's turn; then the broker gives up. */
            queueTimeoutSeconds?: number;
            /** @description The vendor's region id, such as `cn-shanghai` or `ap-guangzhou`. */
            region: string;
            /** @description How traffic finds the tunnel. */
            routing: components["schemas"]["Routing"];
            /** @description Tags at the vendor, by key: up to 20, keys of 1 to 64 characters, values of up to 128. Neither begins with aliyun or acs:, or has http:// or https:// in it. Tencent Cloud takes fewer characters, and reserves keys of its own. */
            tags?: {
                [key: string]: string;
            };
            /** @description Seconds, 60 to 86400, from the first time that the gateway's turn is taken; then the broker gives up. */
            timeoutSeconds?: number;
            /** @description One tunnel, or at Alibaba Cloud's dual-tunnel gateways two, with the roles `primary` and `backup`. Tencent Cloud has one tunnel per connection. */
            tunnels: components["schemas"]["Tunnel"][];
            /** @description Tencent Cloud only: the VPC of the gateway. Absent for a gateway of a CCN. */
            vpcId?: string;
            /** @description The vendor's id of the VPN gateway. Requests on one gateway are carried out one at a time. */
            vpnGatewayId: string;
        };
        CredentialsSettings: {
            alibaba?: string;
            tencent?: string;
        };
        /** @description The API key that asks, less its text. */
        CurrentKey: {
            /** @description When it ends by itself. Absent = never. */
            expiresAt?: components["schemas"]["Time"];
            /** @description The gateways that its tenant may touch, as patterns; none = none. */
            gateways: string[];
            /** @description Its public id, by which administrators and the audit log name it. */
            id: string;
            /** @description What it was called when it was made. */
            name: string;
            /** @description How many requests it may send, the default where it was given no other. */
            rateLimit: components["schemas"]["RateLimit"];
            /** @description What it may do. */
            scopes: components["schemas"]["Scope"][];
            /** @description The tenant that it belongs to. */
            tenant: string;
        };
        Deliveries: {
            items: components["schemas"]["Delivery"][];
        };
        /** @description A webhook with every attempt to deliver it. */
        Delivery: {
            /** @description Every attempt, oldest first. */
            attempts: components["schemas"]["WebhookAttempt"][];
            /** @description The `webhook-id` that its receiver gets. */
            id: string;
            /** @description When it is sent again. */
            nextAttemptAt?: components["schemas"]["Time"];
            /** @description Whether it is still being sent. */
            state: components["schemas"]["DeliveryState"];
        };
        DeliveryReceipt: {
            id: string;
            state: components["schemas"]["DeliveryState"];
        };
        /**
         * @description Whether a webhook is still being sent.
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "exhausted";
        /**
         * @description A Diffie-Hellman group by its IANA number.
         * @enum {integer}
         */
        DhGroup: 1 | 2 | 5 | 14 | 15 | 16 | 19 | 20 | 21 | 24;
        /** @description Dead peer detection. */
        DpdSettings: {
            /**
             * @description Tencent Cloud only: what to do then: end the tunnel, or negotiate anew.
             * @enum {string}
             */
            action?: "clear" | "restart";
            /** @description Whether a dead peer is detected. */
            enabled?: boolean;
            /** @description Tencent Cloud only: seconds without an answer after which the peer counts as dead. */
            timeoutSeconds?: number;
        };
        /** @description What the real call would do. */
        DryRun: {
            /** @description What the real call would fail by. */
            errors: components["schemas"]["DryRunError"][];
            /** @description What could not be looked at, each with the reason. */
            notChecked: string[];
            /** @description Whether the real call would be accepted and sent, as far as it was looked at. */
            ok: boolean;
            /** @description What the create would send, keys masked. */
            vendorRequest: components["schemas"]["VendorRequest"];
            /** @description What it would succeed with all the same, in sentences. */
            warnings: string[];
        };
        DryRunError: {
            code: components["schemas"]["RequestErrorCode"];
            /** @description What is wrong. */
            detail: string;
            /**
             * Format: starts_with
             * @description A JSON pointer (RFC 6901) into the body.
             */
            pointer?: string;
        };
        EffectiveBgpSettings: {
            /** @description The cloud's AS number. */
            localAsn?: number;
            /**
             * Format: ipv4
             * @description The cloud's address in it: one of its two hosts. Absent = the other than `remoteIp`.
             */
            localIp?: string;
            /**
             * Format: ipv4
             * @description The peer's address in it: one of its two hosts. Absent = the other than `localIp`. Tencent Cloud needs one of the two.
             */
            remoteIp?: string;
            /** @description The network inside the tunnel: a /30 of 169.254.0.0/16, each tunnel's own. Alibaba Cloud keeps 169.254.0.0/30 to 169.254.6.0/30 and 169.254.169.252/30 to itself. */
            tunnelCidr: string;
        };
        EffectiveDpdSettings: {
            /**
             * @description Tencent Cloud only: what to do then: end the tunnel, or negotiate anew.
             * @enum {string}
             */
            action?: "clear" | "restart";
            /** @description Whether a dead peer is detected. */
            enabled: boolean;
            /** @description Tencent Cloud only: seconds without an answer after which the peer counts as dead. */
            timeoutSeconds?: number;
        };
        EffectiveIkeSettings: {
            /** @description The Diffie-Hellman group. Alibaba Cloud: `1`, `2`, `5`, `14`; Tencent Cloud: `1`, `2`, `5`, `14`, `15`, `16`, `19`, `20`, `21`, `24`. 1, 2 and 5 are weak. */
            dhGroup: components["schemas"]["DhGroup"];
            /** @description The encryption algorithm. Alibaba Cloud: `aes128`, `aes192`, `aes256`, `sm4`, `3des`, `des`; Tencent Cloud: `aes128`, `aes192`, `aes256`, `aes128gcm`, `aes192gcm`, `aes256gcm`, `sm4`, `3des`, `des`. `sm4` is for national-standard gateways, the `gcm` ones for gateways of version 4.0; `3des` and `des` are weak. */
            encryption: components["schemas"]["Encryption"];
            /** @description The integrity algorithm. Alibaba Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`; Tencent Cloud: `sha256`, `sha512`, `sha1`, `md5`. `sha1` and `md5` are weak. */
            integrity: components["schemas"]["Integrity"];
            /** @description Seconds that a phase 1 SA lives. Alibaba Cloud: 0 to 86400; Tencent Cloud: 60 to 604800. */
            lifetimeSeconds: number;
            /** @description What the cloud's side calls itself: 1 to 100 printable ASCII characters without spaces; an IPv4 address is sent as one, anything else as a name. Absent = the address of the gateway. */
            localId?: string;
            /** @description The exchange mode of IKE version 1; `aggressive` is weak there. */
            mode: components["schemas"]["IkeMode"];
            /** @description What the peer calls itself: 1 to 100 printable ASCII characters without spaces; an IPv4 address is sent as one, anything else as a name. Absent = the address of the gateway. */
            remoteId?: string;
            /** @description The version of IKE. */
            version: components["schemas"]["IkeVersion"];
        };
        EffectiveIpsecSettings: {
            /** @description The encryption algorithm. Alibaba Cloud: `aes128`, `aes192`, `aes256`, `sm4`, `3des`, `des`; Tencent Cloud: `aes128`, `aes192`, `aes256`, `aes128gcm`, `aes192gcm`, `aes256gcm`, `sm4`, `3des`, `des`. `sm4` is for national-standard gateways, the `gcm` ones for gateways of version 4.0; `3des` and `des` are weak. */
            encryption: components["schemas"]["Encryption"];
            /** @description The integrity algorithm. Alibaba Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`; Tencent Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`. `sha1` and `md5` are weak. */
            integrity: components["schemas"]["Integrity"];
            /** @description Tencent Cloud only: kilobytes after which a phase 2 SA is renewed, 2560 to 4294967295. */
            lifetimeKilobytes?: number;
            /** @description Seconds that a phase 2 SA lives. Alibaba Cloud: 0 to 86400; Tencent Cloud: 180 to 604800. */
            lifetimeSeconds: number;
            /** @description The Diffie-Hellman group of perfect forward secrecy; `none` = there is none. Alibaba Cloud: `1`, `2`, `5`, `14`; Tencent Cloud: `1`, `2`, `5`, `14`, `15`, `16`, `19`, `20`, `21`, `24`. */
            pfsGroup: components["schemas"]["DhGroup"] | components["schemas"]["NoGroup"];
        };
        /** @description A create request with every default filled in, and no key. */
        EffectiveRequest: {
            /** @description `true` lets a second connection between the same gateways with overlapping networks through. */
            allowDuplicate: boolean;
            /** @description Must be `true` for `des`, `3des`, `md5`, `sha1`, groups 1, 2 and 5, and for IKE version 1 in aggressive mode. */
            allowWeakCryptography: boolean;
            /** @description Alibaba Cloud only: whether the gateway publishes the connection's routes to the VPC by itself. Tencent Cloud takes `false`, which is what it does. */
            autoConfigureRoutes?: boolean;
            /** @description Where to send a webhook when the request has ended. Absent = to the tenant's endpoint, if it has one. */
            callback?: components["schemas"]["Callback"];
            /** @description A probe through the tunnel. Alibaba Cloud: with routing mode `policy`, `route`, `bgp`, with one tunnel only; Tencent Cloud: with routing mode `route`, `bgp`. */
            healthCheck?: components["schemas"]["HealthCheck"];
            /** @description What the connection is called: 1 to 47 characters, no space at either end, no control or format characters, not beginning with http:// or https://. At the vendor a hyphen and 12 characters of the id follow. */
            name: string;
            /** @description When negotiation begins: at once, with the first packet, or when the peer begins. Alibaba Cloud: `immediate`, `on-traffic`; Tencent Cloud: `immediate`, `on-traffic`, `passive`. */
            negotiation: components["schemas"]["Negotiation"];
            /** @description The vendor to make the connection at. */
            provider: components["schemas"]["Provider"];
            /** @description Seconds, 60 to 86400, to wait for the gateway's turn; then the broker gives up. */
            queueTimeoutSeconds: number;
            /** @description The vendor's region id, such as `cn-shanghai` or `ap-guangzhou`. */
            region: string;
            /** @description How traffic finds the tunnel. */
            routing: components["schemas"]["Routing"];
            /** @description Tags at the vendor, by key: up to 20, keys of 1 to 64 characters, values of up to 128. Neither begins with aliyun or acs:, or has http:// or https:// in it. Tencent Cloud takes fewer characters, and reserves keys of its own. */
            tags?: {
                [key: string]: string;
            };
            /** @description Seconds, 60 to 86400, from the first time that the gateway's turn is taken; then the broker gives up. */
            timeoutSeconds: number;
            /** @description The tunnels with every default filled in, less keys. */
            tunnels: components["schemas"]["EffectiveTunnel"][];
            /** @description Tencent Cloud only: the VPC of the gateway. Absent for a gateway of a CCN. */
            vpcId?: string;
            /** @description The vendor's id of the VPN gateway. Requests on one gateway are carried out one at a time. */
            vpnGatewayId: string;
        };
        EffectiveTunnel: {
            /** @description BGP through the tunnel: required in mode `bgp`; at Alibaba Cloud also in mode `policy`, on every tunnel or none. */
            bgp?: components["schemas"]["EffectiveBgpSettings"];
            /** @description The vendor's id of the customer gateway, which stands for the peer. */
            customerGatewayId: string;
            /** @description Dead peer detection. `vendor-default` = nothing is sent, for gateways too old for the parameter: the vendor's own value counts. */
            dpd: components["schemas"]["EffectiveDpdSettings"] | components["schemas"]["VendorDefault"];
            /** @description The settings of phase 1. */
            ike: components["schemas"]["EffectiveIkeSettings"];
            /** @description The settings of phase 2. */
            ipsec: components["schemas"]["EffectiveIpsecSettings"];
            /** @description NAT traversal. `vendor-default` = nothing is sent, for gateways too old for the parameter. Alibaba Cloud; at Tencent Cloud it is always on, and `true` is taken. */
            natTraversal?: boolean | components["schemas"]["VendorDefault"];
            /** @description Alibaba Cloud's national-standard (SM2, SM3, SM4) gateways only, and required there: the peer's CA certificate in PEM form, up to 8192 characters. */
            remoteCaCertificate?: string;
            /** @description `primary` or `backup`: required with two tunnels. Alibaba Cloud; Tencent Cloud takes `primary`. */
            role?: components["schemas"]["TunnelRole"];
        };
        /**
         * @description An encryption algorithm.
         * @enum {string}
         */
        Encryption: "aes128" | "aes192" | "aes256" | "aes128gcm" | "aes192gcm" | "aes256gcm" | "sm4" | "3des" | "des";
        ErrorDoc: {
            code: components["schemas"]["ProblemCode"] | components["schemas"]["RequestErrorCode"];
            fix: string;
            /** @enum {string} */
            kind: "problem" | "job";
            meaning: string;
            retry: components["schemas"]["Retry"];
            readonly vendorCodes: components["schemas"]["VendorCode"][];
        };
        ErrorDocs: {
            items: components["schemas"]["ErrorDoc"][];
        };
        /** @description The body of a webhook: the request ended without a connection. */
        FailedEvent: {
            data: components["schemas"]["Connection"];
            timestamp: components["schemas"]["Time"];
            /** @constant */
            type: "vpn_connection.failed";
        };
        /** @description One thing that is wrong with a call. */
        Flaw: {
            /** @description What is wrong there. */
            detail: string;
            /** @description A JSON pointer (RFC 6901) into the body; of a query, `/` and the parameter's name. */
            pointer: string;
        };
        GetConnectionQuery: {
            /**
             * @description Seconds to hold the answer for a change.
             * @default 0
             */
            wait?: number;
        };
        GetStatsQuery: {
            /** @description Whose: for operators. Absent = the caller's own, or in the audit log everybody's; `*` = everybody's, where the parameter takes it. */
            tenant?: string | "*";
            /**
             * @description How far back is counted: `1h` to `720h`, or `1d` to `30d`.
             * @default 24h
             */
            window?: string;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        /** @description A probe through the tunnel. */
        HealthCheck: {
            /** @description Whether it probes. */
            enabled: boolean;
            /** @description Seconds between probes. Alibaba Cloud: 1 or more, whole; Tencent Cloud: 1 to 5, also parts of one. */
            intervalSeconds?: number;
            /** @description Probes without an answer after which the tunnel counts as broken. Alibaba Cloud: 1 or more; Tencent Cloud: 3 to 8. */
            retries?: number;
            /**
             * Format: ipv4
             * @description The IPv4 address that is probed from. Tencent Cloud: not the target's.
             */
            sourceIp?: string;
            /**
             * Format: ipv4
             * @description The IPv4 address that is probed. Tencent Cloud: not the source's.
             */
            targetIp?: string;
            /** @description Tencent Cloud only: milliseconds to wait for an answer, 10 to 5000. */
            timeoutMilliseconds?: number;
        };
        /**
         * @description A mode of IKE version 1.
         * @enum {string}
         */
        IkeMode: "main" | "aggressive";
        /** @description Phase 1 of the tunnel. */
        IkeSettings: {
            /** @description The Diffie-Hellman group. Alibaba Cloud: `1`, `2`, `5`, `14`; Tencent Cloud: `1`, `2`, `5`, `14`, `15`, `16`, `19`, `20`, `21`, `24`. 1, 2 and 5 are weak. */
            dhGroup?: components["schemas"]["DhGroup"];
            /** @description The encryption algorithm. Alibaba Cloud: `aes128`, `aes192`, `aes256`, `sm4`, `3des`, `des`; Tencent Cloud: `aes128`, `aes192`, `aes256`, `aes128gcm`, `aes192gcm`, `aes256gcm`, `sm4`, `3des`, `des`. `sm4` is for national-standard gateways, the `gcm` ones for gateways of version 4.0; `3des` and `des` are weak. */
            encryption?: components["schemas"]["Encryption"];
            /** @description The integrity algorithm. Alibaba Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`; Tencent Cloud: `sha256`, `sha512`, `sha1`, `md5`. `sha1` and `md5` are weak. */
            integrity?: components["schemas"]["Integrity"];
            /** @description Seconds that a phase 1 SA lives. Alibaba Cloud: 0 to 86400; Tencent Cloud: 60 to 604800. */
            lifetimeSeconds?: number;
            /** @description What the cloud's side calls itself: 1 to 100 printable ASCII characters without spaces; an IPv4 address is sent as one, anything else as a name. Absent = the address of the gateway. */
            localId?: string;
            /** @description The exchange mode of IKE version 1; `aggressive` is weak there. */
            mode?: components["schemas"]["IkeMode"];
            /** @description What the peer calls itself: 1 to 100 printable ASCII characters without spaces; an IPv4 address is sent as one, anything else as a name. Absent = the address of the gateway. */
            remoteId?: string;
            /** @description The version of IKE. */
            version?: components["schemas"]["IkeVersion"];
        };
        /**
         * @description A version of IKE.
         * @enum {string}
         */
        IkeVersion: "ikev1" | "ikev2";
        /**
         * @description An integrity (authentication) algorithm.
         * @enum {string}
         */
        Integrity: "sha256" | "sha384" | "sha512" | "sm3" | "sha1" | "md5";
        /** @description Phase 2 of the tunnel. */
        IpsecSettings: {
            /** @description The encryption algorithm. Alibaba Cloud: `aes128`, `aes192`, `aes256`, `sm4`, `3des`, `des`; Tencent Cloud: `aes128`, `aes192`, `aes256`, `aes128gcm`, `aes192gcm`, `aes256gcm`, `sm4`, `3des`, `des`. `sm4` is for national-standard gateways, the `gcm` ones for gateways of version 4.0; `3des` and `des` are weak. */
            encryption?: components["schemas"]["Encryption"];
            /** @description The integrity algorithm. Alibaba Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`; Tencent Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`. `sha1` and `md5` are weak. */
            integrity?: components["schemas"]["Integrity"];
            /** @description Tencent Cloud only: kilobytes after which a phase 2 SA is renewed, 2560 to 4294967295. */
            lifetimeKilobytes?: number;
            /** @description Seconds that a phase 2 SA lives. Alibaba Cloud: 0 to 86400; Tencent Cloud: 180 to 604800. */
            lifetimeSeconds?: number;
            /** @description The Diffie-Hellman group of perfect forward secrecy; `none` = there is none. Alibaba Cloud: `1`, `2`, `5`, `14`; Tencent Cloud: `1`, `2`, `5`, `14`, `15`, `16`, `19`, `20`, `21`, `24`. */
            pfsGroup?: components["schemas"]["DhGroup"] | components["schemas"]["NoGroup"];
        };
        KeySettings: {
            expiresInSeconds?: number;
            name: string;
            rateLimit?: components["schemas"]["RateLimitSettings"];
            reason?: string;
            scopes: components["schemas"]["Scope"][];
        };
        ListAttentionQuery: {
            /** @description Where the page begins: `nextCursor` of the page before, with the same filters. */
            cursor?: string;
            /**
             * @description Items of a page, at most.
             * @default 20
             */
            limit?: number;
            /** @description Whose: for operators. Absent = the caller's own, or in the audit log everybody's; `*` = everybody's, where the parameter takes it. */
            tenant?: string | "*";
        };
        ListAuditQuery: {
            /** @description Where the page begins: `nextCursor` of the page before, with the same filters. */
            cursor?: string;
            /**
             * @description Items of a page, at most.
             * @default 20
             */
            limit?: number;
            /** @description Whose: for operators. Absent = the caller's own, or in the audit log everybody's; `*` = everybody's, where the parameter takes it. */
            tenant?: string;
        };
        ListConnectionsQuery: {
            /** @description Of this `clientToken` only. */
            clientToken?: string;
            /**
             * Format: date-time
             * @description Accepted after this time: RFC 3339, with any offset.
             */
            createdAfter?: string;
            /**
             * Format: date-time
             * @description Accepted before this time: RFC 3339, with any offset.
             */
            createdBefore?: string;
            /** @description Where the page begins: `nextCursor` of the page before, with the same filters. */
            cursor?: string;
            /** @description Of those that ended with this `error.code`. */
            errorCode?: components["schemas"]["RequestErrorCode"];
            /**
             * @description Items of a page, at most.
             * @default 20
             */
            limit?: number;
            /** @description At this vendor only. */
            provider?: components["schemas"]["Provider"];
            /** @description Of the connection that has this id at the vendor. */
            providerConnectionId?: string;
            /** @description In this region of the vendor only. */
            region?: string;
            /** @description Of these statuses only; may be repeated (`status=failed&status=unknown`), and is no list with commas. */
            status?: components["schemas"]["Status"][];
            /** @description Whose: for operators. Absent = the caller's own, or in the audit log everybody's; `*` = everybody's, where the parameter takes it. */
            tenant?: string | "*";
            /** @description Of this VPN gateway only. */
            vpnGatewayId?: string;
        };
        ListTenantsQuery: {
            /** @description Where the page begins: `nextCursor` of the page before, with the same filters. */
            cursor?: string;
        };
        /** @enum {string} */
        Match: "id" | "executionName" | "deliveryId" | "clientToken" | "operationId" | "providerConnectionName" | "providerConnectionId" | "createRequestId" | "vpnGatewayId";
        /**
         * @description When negotiation begins.
         * @enum {string}
         */
        Negotiation: "immediate" | "on-traffic" | "passive";
        NewApiKey: {
            createdAt: components["schemas"]["Time"];
            expiresAt?: components["schemas"]["Time"];
            id: string;
            /** @description The API key itself, told this once. */
            key: string;
            name: string;
            /** @description Until when the key that it replaces goes on working. */
            previousValidUntil?: components["schemas"]["Time"];
            rateLimit?: components["schemas"]["RateLimit"];
            replacedBy?: string;
            revokedAt?: components["schemas"]["Time"];
            scopes: components["schemas"]["Scope"][];
            valid: boolean;
        };
        NewTenant: {
            createdAt: components["schemas"]["Time"];
            credentials: components["schemas"]["TenantCredentials"];
            gateways: string[];
            maxUnfinishedRequests: number;
            name: string;
            revision: number;
            suspended?: components["schemas"]["Suspension"];
            updatedAt: components["schemas"]["Time"];
            webhookSecret: string;
            webhookSecrets: components["schemas"]["WebhookSecret"][];
            /** Format: uri */
            webhookUrl?: string;
        };
        NewWebhookSecret: {
            previousValidUntil?: components["schemas"]["Time"];
            webhookSecret: string;
        };
        /**
         * @description No perfect forward secrecy.
         * @enum {string}
         */
        NoGroup: "none";
        OpenApiDocument: {
            info: {
                title: string;
                version: string;
            } & {
                [key: string]: unknown;
            };
            openapi: string;
        } & {
            [key: string]: unknown;
        };
        OptionalReason: {
            reason?: string;
        };
        /**
         * @description How a request ended.
         * @enum {string}
         */
        OutcomeStatus: "succeeded" | "failed" | "canceled" | "unknown";
        /**
         * @description The code of a problem document; see `/docs/errors`.
         * @enum {string}
         */
        ProblemCode: "invalid_request" | "unauthenticated" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "rate_limited" | "internal" | "unavailable";
        /**
         * @description A vendor: Alibaba Cloud or Tencent Cloud.
         * @enum {string}
         */
        Provider: "alibaba" | "tencent";
        /**
         * @description What kind of answer of the vendor it is.
         * @enum {string}
         */
        ProviderErrorClass: "retry" | "conflict" | "quota" | "validation" | "auth" | "not-found" | "exists" | "ambiguous";
        /** @description The vendor's last answer, while it stands in the way. */
        ProviderProblem: {
            /** @description The vendor's API action that was answered so. */
            action: string;
            /** @description What a person may do meanwhile. */
            advice: string;
            /** @description What kind of answer it is. */
            class: components["schemas"]["ProviderErrorClass"];
            /** @description The vendor's own code. */
            code?: string;
            /** @description How often it has. */
            count: number;
            /** @description The vendor's own request id. */
            requestId?: string;
            /** @description Since when the vendor answers so. */
            since: components["schemas"]["Time"];
        };
        /** @description Where a request stands in its gateway's queue. */
        Queue: {
            /** @description How many requests go first, whosever they are; the one whose turn it is counts. */
            ahead: number;
            /** @description Its place among its tenant's own requests for the gateway, from 1; the one whose turn it is counts. */
            position: number;
        };
        RateLimit: {
            burst: number;
            perSecond: number;
        };
        RateLimitSettings: {
            burst: number;
            perSecond: number;
        };
        Reason: {
            reason: string;
        };
        RecoveryEvent: {
            action: string;
            /** @constant */
            actor?: "operator";
            at: components["schemas"]["Time"];
            by?: string;
            connectionIds?: string[];
            reason?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "recovery";
        };
        /** @description What the vendor shows of a connection. */
        Reported: {
            /** @description When the vendor showed it. */
            at: components["schemas"]["Time"];
            /** @description JSON pointers (RFC 6901) into `request`, to what the vendor has with another value. Of a name only the form may differ, of networks the order. */
            differences: string[];
            /** @description What it showed, in the form of the request. What a vendor does not show is absent. */
            parameters: components["schemas"]["ReportedParameters"];
        };
        /** @description BGP as the vendor shows it. */
        ReportedBgpSettings: {
            /** @description Alibaba Cloud only: the cloud's AS number, 1 to 4294967295, or its halves as `123.456`. Required with two tunnels. */
            localAsn?: number;
            /** @description The cloud's address in it: one of its two hosts. Absent = the other than `remoteIp`. */
            localIp?: string;
            /** @description The peer's address in it: one of its two hosts. Absent = the other than `localIp`. Tencent Cloud needs one of the two. */
            remoteIp?: string;
            /** @description The network inside the tunnel: a /30 of 169.254.0.0/16, each tunnel's own. Alibaba Cloud keeps 169.254.0.0/30 to 169.254.6.0/30 and 169.254.169.252/30 to itself. */
            tunnelCidr?: string;
        };
        /** @description Dead peer detection as the vendor shows it. */
        ReportedDpdSettings: {
            /** @description Tencent Cloud only: what to do then: end the tunnel, or negotiate anew. */
            action?: string;
            /** @description Whether a dead peer is detected. */
            enabled?: boolean;
            /** @description Tencent Cloud only: seconds without an answer after which the peer counts as dead. */
            timeoutSeconds?: number;
        };
        /** @description The probe as the vendor shows it. */
        ReportedHealthCheck: {
            /** @description Whether it probes. */
            enabled?: boolean;
            /** @description Seconds between probes. Alibaba Cloud: 1 or more, whole; Tencent Cloud: 1 to 5, also parts of one. */
            intervalSeconds?: number;
            /** @description Probes without an answer after which the tunnel counts as broken. Alibaba Cloud: 1 or more; Tencent Cloud: 3 to 8. */
            retries?: number;
            /** @description The IPv4 address that is probed from. Tencent Cloud: not the target's. */
            sourceIp?: string;
            /** @description The IPv4 address that is probed. Tencent Cloud: not the source's. */
            targetIp?: string;
            /** @description Tencent Cloud only: milliseconds to wait for an answer, 10 to 5000. */
            timeoutMilliseconds?: number;
        };
        /** @description Phase 1 as the vendor shows it. */
        ReportedIkeSettings: {
            /** @description The Diffie-Hellman group. Alibaba Cloud: `1`, `2`, `5`, `14`; Tencent Cloud: `1`, `2`, `5`, `14`, `15`, `16`, `19`, `20`, `21`, `24`. 1, 2 and 5 are weak. */
            dhGroup?: number | string;
            /** @description The encryption algorithm. Alibaba Cloud: `aes128`, `aes192`, `aes256`, `sm4`, `3des`, `des`; Tencent Cloud: `aes128`, `aes192`, `aes256`, `aes128gcm`, `aes192gcm`, `aes256gcm`, `sm4`, `3des`, `des`. `sm4` is for national-standard gateways, the `gcm` ones for gateways of version 4.0; `3des` and `des` are weak. */
            encryption?: string;
            /** @description The integrity algorithm. Alibaba Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`; Tencent Cloud: `sha256`, `sha512`, `sha1`, `md5`. `sha1` and `md5` are weak. */
            integrity?: string;
            /** @description Seconds that a phase 1 SA lives. Alibaba Cloud: 0 to 86400; Tencent Cloud: 60 to 604800. */
            lifetimeSeconds?: number;
            /** @description What the cloud's side calls itself: 1 to 100 printable ASCII characters without spaces; an IPv4 address is sent as one, anything else as a name. Absent = the address of the gateway. */
            localId?: string;
            /** @description The exchange mode of IKE version 1; `aggressive` is weak there. */
            mode?: string;
            /** @description What the peer calls itself: 1 to 100 printable ASCII characters without spaces; an IPv4 address is sent as one, anything else as a name. Absent = the address of the gateway. */
            remoteId?: string;
            /** @description The version of IKE. */
            version?: string;
        };
        /** @description Phase 2 as the vendor shows it. */
        ReportedIpsecSettings: {
            /** @description The encryption algorithm. Alibaba Cloud: `aes128`, `aes192`, `aes256`, `sm4`, `3des`, `des`; Tencent Cloud: `aes128`, `aes192`, `aes256`, `aes128gcm`, `aes192gcm`, `aes256gcm`, `sm4`, `3des`, `des`. `sm4` is for national-standard gateways, the `gcm` ones for gateways of version 4.0; `3des` and `des` are weak. */
            encryption?: string;
            /** @description The integrity algorithm. Alibaba Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`; Tencent Cloud: `sha256`, `sha384`, `sha512`, `sm3`, `sha1`, `md5`. `sha1` and `md5` are weak. */
            integrity?: string;
            /** @description Tencent Cloud only: kilobytes after which a phase 2 SA is renewed, 2560 to 4294967295. */
            lifetimeKilobytes?: number;
            /** @description Seconds that a phase 2 SA lives. Alibaba Cloud: 0 to 86400; Tencent Cloud: 180 to 604800. */
            lifetimeSeconds?: number;
            /** @description The Diffie-Hellman group of perfect forward secrecy; `none` = there is none. Alibaba Cloud: `1`, `2`, `5`, `14`; Tencent Cloud: `1`, `2`, `5`, `14`, `15`, `16`, `19`, `20`, `21`, `24`. */
            pfsGroup?: number | string;
        };
        /** @description A connection as its vendor shows it, in the form of a create request; without keys and certificates. A value that the broker has no word for stands as the vendor has it. */
        ReportedParameters: {
            /** @description A probe through the tunnel. Alibaba Cloud: with routing mode `policy`, `route`, `bgp`, with one tunnel only; Tencent Cloud: with routing mode `route`, `bgp`. */
            healthCheck?: components["schemas"]["ReportedHealthCheck"];
            /** @description What the connection is called: 1 to 47 characters, no space at either end, no control or format characters, not beginning with http:// or https://. At the vendor a hyphen and 12 characters of the id follow. */
            name?: string;
            /** @description When negotiation begins: at once, with the first packet, or when the peer begins. Alibaba Cloud: `immediate`, `on-traffic`; Tencent Cloud: `immediate`, `on-traffic`, `passive`. */
            negotiation?: string;
            /** @description How traffic finds the tunnel. */
            routing?: components["schemas"]["ReportedRouting"];
            /** @description Tags at the vendor, by key: up to 20, keys of 1 to 64 characters, values of up to 128. Neither begins with aliyun or acs:, or has http:// or https:// in it. Tencent Cloud takes fewer characters, and reserves keys of its own. */
            tags?: {
                [key: string]: string;
            };
            /** @description One tunnel, or at Alibaba Cloud's dual-tunnel gateways two, with the roles `primary` and `backup`. Tencent Cloud has one tunnel per connection. */
            tunnels?: components["schemas"]["ReportedTunnel"][];
            /** @description Tencent Cloud only: the VPC of the gateway. Absent for a gateway of a CCN. */
            vpcId?: string;
            /** @description The vendor's id of the VPN gateway. Requests on one gateway are carried out one at a time. */
            vpnGatewayId?: string;
        };
        /** @description Routing as the vendor shows it. */
        ReportedRouting: {
            /** @description The networks on the cloud's side, 1 to 50, disjoint from the remote ones. Mode `policy` only, and then required, unless there are `pairs`. */
            localCidrs?: string[];
            /** @description `policy`: by the networks on both sides, which are given. `route`: by routes of the gateway. `bgp`: by routes that are learnt. With the latter two Alibaba Cloud gets 0.0.0.0/0 on both sides. */
            mode?: string;
            /** @description In place of the two lists: which remote networks each local one may talk to, 1 to 50. Alibaba Cloud takes them where every local network has the same remote ones; Tencent Cloud takes at most 10. */
            pairs?: components["schemas"]["ReportedRoutingPair"][];
            /** @description The networks on the other side, 1 to 50. Mode `policy` only, and then required, unless there are `pairs`. */
            remoteCidrs?: string[];
        };
        /** @description A local network and its remote ones as the vendor shows them. */
        ReportedRoutingPair: {
            /** @description A network on the cloud's side. */
            local: string;
            /** @description The networks on the other side that it may talk to. */
            remotes: string[];
        };
        /** @description A tunnel as the vendor shows it, in the order of the request. */
        ReportedTunnel: {
            /** @description BGP through the tunnel: required in mode `bgp`; at Alibaba Cloud also in mode `policy`, on every tunnel or none. */
            bgp?: components["schemas"]["ReportedBgpSettings"];
            /** @description The vendor's id of the customer gateway, which stands for the peer. */
            customerGatewayId?: string;
            /** @description Dead peer detection. `vendor-default` = nothing is sent, for gateways too old for the parameter: the vendor's own value counts. */
            dpd?: components["schemas"]["ReportedDpdSettings"];
            /** @description The settings of phase 1. */
            ike?: components["schemas"]["ReportedIkeSettings"];
            /** @description The settings of phase 2. */
            ipsec?: components["schemas"]["ReportedIpsecSettings"];
            /** @description NAT traversal. `vendor-default` = nothing is sent, for gateways too old for the parameter. Alibaba Cloud; at Tencent Cloud it is always on, and `true` is taken. */
            natTraversal?: boolean;
            /** @description `primary` or `backup`: required with two tunnels. Alibaba Cloud; Tencent Cloud takes `primary`. */
            role?: string;
        };
        /** @description Why a request did not succeed. */
        RequestError: {
            /** @description What to do. */
            advice: string;
            /** @description Why, out of a closed list. */
            code: components["schemas"]["RequestErrorCode"];
            /** @description The same in a sentence, for people. */
            message: string;
            /** @description The vendor's own code. */
            providerCode?: string;
            /** @description The vendor's own request id, for its support. */
            providerRequestId?: string;
            /** @description Whether a redrive with nothing changed may succeed. */
            retryable: boolean;
        };
        /**
         * @description Why a request did not succeed; see `/docs/errors`.
         * @enum {string}
         */
        RequestErrorCode: "provider_validation" | "provider_auth" | "provider_quota" | "provider_not_found" | "provider_conflict" | "provider_throttled" | "provider_internal" | "semantic_duplicate" | "outcome_unknown" | "deadline_exceeded" | "canceled";
        /**
         * @description Whether the same may be sent again as it is: `safe` may succeed, `useless` ends the same way until something is changed, `check-first` only after a look at the vendor.
         * @enum {string}
         */
        Retry: "safe" | "useless" | "check-first";
        RevealedKey: {
            /** @description The key that the broker made. */
            preSharedKey: string;
            role?: components["schemas"]["TunnelRole"];
            /** @description The tunnel's place in the request, from 0. */
            tunnel: number;
        };
        RevealedKeys: {
            items: components["schemas"]["RevealedKey"][];
        };
        Revocation: {
            force?: boolean;
            reason?: string;
        };
        Rotation: {
            /** @default 86400 */
            graceSeconds?: number;
            reason?: string;
        };
        /** @description How traffic finds the tunnel: by networks, routes or BGP. */
        Routing: {
            /** @description The networks on the cloud's side, 1 to 50, disjoint from the remote ones. Mode `policy` only, and then required, unless there are `pairs`. */
            localCidrs?: string[];
            /** @description `policy`: by the networks on both sides, which are given. `route`: by routes of the gateway. `bgp`: by routes that are learnt. With the latter two Alibaba Cloud gets 0.0.0.0/0 on both sides. */
            mode: components["schemas"]["RoutingMode"];
            /** @description In place of the two lists: which remote networks each local one may talk to, 1 to 50. Alibaba Cloud takes them where every local network has the same remote ones; Tencent Cloud takes at most 10. */
            pairs?: components["schemas"]["RoutingPair"][];
            /** @description The networks on the other side, 1 to 50. Mode `policy` only, and then required, unless there are `pairs`. */
            remoteCidrs?: string[];
        };
        /**
         * @description How traffic finds the tunnel.
         * @enum {string}
         */
        RoutingMode: "policy" | "route" | "bgp";
        /** @description A local network and the remote ones that it may talk to. */
        RoutingPair: {
            /** @description A network on the cloud's side. */
            local: string;
            /** @description The networks on the other side that it may talk to. */
            remotes: string[];
        };
        /**
         * @description What an API key may do.
         * @enum {string}
         */
        Scope: "connections:write" | "connections:read" | "secrets:read" | "operations" | "admin";
        SearchQuery: {
            /** @description The broker's id of a request, its `clientToken`, the 12 characters at the end of its name at the vendor or that name, the vendor's connection id, the request id of the vendor's answer to the last create, an execution's name or ARN, a webhook's id, a VPN gateway's id. */
            q: string;
        };
        /** @description The requests that an id belongs to. */
        SearchResult: {
            items: {
                connection: components["schemas"]["Connection"];
                matched: components["schemas"]["Match"];
            }[];
        };
        /** @description How requests ended within a window, and what is unfinished now. */
        Stats: {
            /** @description When this was told. */
            at: components["schemas"]["Time"];
            /** @description What ended before this time was counted anew since. Absent = nothing yet. */
            checkedUntil?: components["schemas"]["Time"];
            /** @description How many ended, by status. */
            ended: {
                canceled: number;
                failed: number;
                succeeded: number;
                unknown: number;
            };
            /** @description How often each code ended requests at a vendor. */
            errors: {
                code: components["schemas"]["RequestErrorCode"];
                count: number;
                provider: components["schemas"]["Provider"];
            }[];
            /** @description Hosts that did not take a webhook at its last attempt, those given up among them. */
            failingWebhooks: {
                host: string;
                requests: number;
            }[];
            /** @description The beginning of the hour in which the window begins. */
            from: components["schemas"]["Time"];
            /** @description The same by vendor. */
            providers: {
                ended: {
                    canceled: number;
                    failed: number;
                    succeeded: number;
                    unknown: number;
                };
                provider: components["schemas"]["Provider"];
                secondsToSuccess?: {
                    p50: number;
                    p95: number;
                };
                successRate?: number;
            }[];
            /** @description Requests that have not been sent yet, by gateway: the longest queues first. */
            queues: {
                oldest: {
                    ageSeconds: number;
                    createdAt: components["schemas"]["Time"];
                    id: string;
                    status: components["schemas"]["Status"];
                };
                provider: components["schemas"]["Provider"];
                region: string;
                vpnGatewayId: string;
                waiting: number;
            }[];
            /** @description The same by region. */
            regions: {
                ended: {
                    canceled: number;
                    failed: number;
                    succeeded: number;
                    unknown: number;
                };
                provider: components["schemas"]["Provider"];
                region: string;
                secondsToSuccess?: {
                    p50: number;
                    p95: number;
                };
                successRate?: number;
            }[];
            /** @description From acceptance to success, the queue included: half, and 95 of 100, took no longer. */
            secondsToSuccess?: {
                p50: number;
                p95: number;
            };
            /** @description The same by the hour, or for more than two days by the day, oldest first. */
            series: {
                ended: {
                    canceled: number;
                    failed: number;
                    succeeded: number;
                    unknown: number;
                };
                from: components["schemas"]["Time"];
                secondsToSuccess?: {
                    p50: number;
                    p95: number;
                };
                successRate?: number;
            }[];
            /** @description The share that succeeded of those that were not canceled. */
            successRate?: number;
            /** @description What has not ended, as of now. */
            unfinished: {
                byStatus: {
                    accepted?: number;
                    canceled?: number;
                    creating?: number;
                    failed?: number;
                    provisioning?: number;
                    queued?: number;
                    succeeded?: number;
                    unknown?: number;
                };
                isWhole: boolean;
                oldest?: {
                    ageSeconds: number;
                    createdAt: components["schemas"]["Time"];
                    id: string;
                    status: components["schemas"]["Status"];
                };
                total: number;
            };
            /** @description How far back is counted. */
            window: string;
        };
        /**
         * @description How far a request is. `succeeded`, `failed`, `canceled` and `unknown` are final; `unknown`: whether there is a connection could not be decided safely, and a person must look.
         * @enum {string}
         */
        Status: "accepted" | "queued" | "creating" | "provisioning" | "succeeded" | "failed" | "canceled" | "unknown";
        StatusEvent: {
            at: components["schemas"]["Time"];
            reason: string;
            status: components["schemas"]["Status"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "status";
        };
        /** @description The body of a webhook: the connection is ready. */
        SucceededEvent: {
            data: components["schemas"]["Connection"];
            timestamp: components["schemas"]["Time"];
            /** @constant */
            type: "vpn_connection.succeeded";
        };
        Suspension: {
            at: components["schemas"]["Time"];
            reason: string;
        };
        /** @description A team that uses the broker. */
        Tenant: {
            createdAt: components["schemas"]["Time"];
            credentials: components["schemas"]["TenantCredentials"];
            gateways: string[];
            maxUnfinishedRequests: number;
            name: string;
            revision: number;
            suspended?: components["schemas"]["Suspension"];
            updatedAt: components["schemas"]["Time"];
            webhookSecrets: components["schemas"]["WebhookSecret"][];
            /** Format: uri */
            webhookUrl?: string;
        };
        TenantCredentials: {
            alibaba?: string;
            tencent?: string;
        };
        Tenants: {
            items: components["schemas"]["Tenant"][];
            nextCursor?: string;
        };
        TenantSettings: {
            /** @default {} */
            credentials?: components["schemas"]["CredentialsSettings"];
            gateways: string[];
            /** @default 1000 */
            maxUnfinishedRequests?: number;
            reason?: string;
            /** Format: uri */
            webhookUrl?: string;
        };
        /**
         * Format: date-time
         * @description RFC 3339, UTC, in milliseconds
         */
        Time: string;
        /** @description What happened to a request, oldest first. */
        Timeline: {
            items: components["schemas"]["TimelineEvent"][];
        };
        /** @description Something that happened to a request. */
        TimelineEvent: components["schemas"]["StatusEvent"] | components["schemas"]["VendorCallEvent"] | components["schemas"]["RecoveryEvent"] | components["schemas"]["TunnelEvent"] | components["schemas"]["WebhookAttemptEvent"];
        /** @description One tunnel of a connection. */
        Tunnel: {
            /** @description BGP through the tunnel: required in mode `bgp`; at Alibaba Cloud also in mode `policy`, on every tunnel or none. */
            bgp?: components["schemas"]["BgpSettings"];
            /** @description The vendor's id of the customer gateway, which stands for the peer. */
            customerGatewayId: string;
            /** @description Dead peer detection. `vendor-default` = nothing is sent, for gateways too old for the parameter: the vendor's own value counts. */
            dpd?: components["schemas"]["DpdSettings"] | components["schemas"]["VendorDefault"];
            /** @description The settings of phase 1. */
            ike?: components["schemas"]["IkeSettings"];
            /** @description The settings of phase 2. */
            ipsec?: components["schemas"]["IpsecSettings"];
            /** @description NAT traversal. `vendor-default` = nothing is sent, for gateways too old for the parameter. Alibaba Cloud; at Tencent Cloud it is always on, and `true` is taken. */
            natTraversal?: boolean | components["schemas"]["VendorDefault"];
            /** @description 1 to 100 letters, digits and ``~!`@#$%^&*()_-+={}[]|;:',.<>/?`` without spaces; it is in no answer. Absent = the broker makes a strong one, which its owner can reveal for 24 hours after success. */
            preSharedKey?: string;
            /** @description Alibaba Cloud's national-standard (SM2, SM3, SM4) gateways only, and required there: the peer's CA certificate in PEM form, up to 8192 characters. */
            remoteCaCertificate?: string;
            /** @description `primary` or `backup`: required with two tunnels. Alibaba Cloud; Tencent Cloud takes `primary`. */
            role?: components["schemas"]["TunnelRole"];
        };
        TunnelEvent: {
            at: components["schemas"]["Time"];
            reason: string;
            state: components["schemas"]["TunnelState"];
            tunnel: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tunnel";
        };
        /**
         * @description Which of two tunnels.
         * @enum {string}
         */
        TunnelRole: "primary" | "backup";
        /**
         * @description How far a tunnel has negotiated.
         * @enum {string}
         */
        TunnelState: "unknown" | "down" | "negotiating" | "up";
        /** @description How far a tunnel has negotiated. */
        TunnelStatus: {
            /** @description The same in a sentence, for people. */
            reason: string;
            /** @description How far it has negotiated. */
            state: components["schemas"]["TunnelState"];
        };
        /** @description The body of a webhook: whether there is a connection could not be decided. */
        UnknownEvent: {
            data: components["schemas"]["Connection"];
            timestamp: components["schemas"]["Time"];
            /** @constant */
            type: "vpn_connection.unknown";
        };
        VendorCallEvent: {
            action: string;
            at: components["schemas"]["Time"];
            count: number;
            durationMilliseconds: number;
            lastAt: components["schemas"]["Time"];
            /** @description `ok`, the vendor's code, or without one: `ambiguous` (no answer could be read), `retry` (it was not reached), `auth` (no credentials to call with) */
            outcome: string;
            providerRequestId?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "vendor_call";
        };
        VendorCode: {
            advice: string;
            code: string;
            provider: components["schemas"]["Provider"];
        };
        /**
         * @description Nothing is sent, for gateways too old for the parameter: the vendor's own value counts.
         * @enum {string}
         */
        VendorDefault: "vendor-default";
        VendorRequest: {
            /** @description The vendor's API action. */
            action: string;
            /** @description Its parameters, keys masked. */
            parameters: {
                [key: string]: unknown;
            };
        };
        WebhookAttempt: {
            at: components["schemas"]["Time"];
            attempt: number;
            durationMilliseconds: number;
            nextAttemptAt?: components["schemas"]["Time"];
            outcome: string;
            statusCode?: number;
        };
        WebhookAttemptEvent: {
            at: components["schemas"]["Time"];
            attempt: number;
            deliveryId: string;
            durationMilliseconds: number;
            nextAttemptAt?: components["schemas"]["Time"];
            outcome: string;
            statusCode?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "webhook_attempt";
        };
        WebhookExample: {
            deliveryId: string;
            durationMilliseconds: number;
            outcome: string;
            statusCode?: number;
        };
        WebhookExampleRequest: {
            /** @default succeeded */
            status?: components["schemas"]["OutcomeStatus"];
            /** Format: uri */
            url?: string;
        };
        WebhookSecret: {
            createdAt: components["schemas"]["Time"];
            expiresAt?: components["schemas"]["Time"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Actor = components['schemas']['Actor'];
export type ApiKey = components['schemas']['ApiKey'];
export type ApiKeys = components['schemas']['ApiKeys'];
export type Attention = components['schemas']['Attention'];
export type AttentionGroup = components['schemas']['AttentionGroup'];
export type AttentionItem = components['schemas']['AttentionItem'];
export type AttentionReason = components['schemas']['AttentionReason'];
export type AuditAction = components['schemas']['AuditAction'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditPage = components['schemas']['AuditPage'];
export type BgpSettings = components['schemas']['BgpSettings'];
export type Callback = components['schemas']['Callback'];
export type CanceledEvent = components['schemas']['CanceledEvent'];
export type ChangedTenant = components['schemas']['ChangedTenant'];
export type Connection = components['schemas']['Connection'];
export type ConnectionPage = components['schemas']['ConnectionPage'];
export type ConnectionReceipt = components['schemas']['ConnectionReceipt'];
export type CreateRequest = components['schemas']['CreateRequest'];
export type CredentialsSettings = components['schemas']['CredentialsSettings'];
export type CurrentKey = components['schemas']['CurrentKey'];
export type Deliveries = components['schemas']['Deliveries'];
export type Delivery = components['schemas']['Delivery'];
export type DeliveryReceipt = components['schemas']['DeliveryReceipt'];
export type DeliveryState = components['schemas']['DeliveryState'];
export type DhGroup = components['schemas']['DhGroup'];
export type DpdSettings = components['schemas']['DpdSettings'];
export type DryRun = components['schemas']['DryRun'];
export type DryRunError = components['schemas']['DryRunError'];
export type EffectiveBgpSettings = components['schemas']['EffectiveBgpSettings'];
export type EffectiveDpdSettings = components['schemas']['EffectiveDpdSettings'];
export type EffectiveIkeSettings = components['schemas']['EffectiveIkeSettings'];
export type EffectiveIpsecSettings = components['schemas']['EffectiveIpsecSettings'];
export type EffectiveRequest = components['schemas']['EffectiveRequest'];
export type EffectiveTunnel = components['schemas']['EffectiveTunnel'];
export type Encryption = components['schemas']['Encryption'];
export type ErrorDoc = components['schemas']['ErrorDoc'];
export type ErrorDocs = components['schemas']['ErrorDocs'];
export type FailedEvent = components['schemas']['FailedEvent'];
export type Flaw = components['schemas']['Flaw'];
export type GetConnectionQuery = components['schemas']['GetConnectionQuery'];
export type GetStatsQuery = components['schemas']['GetStatsQuery'];
export type Health = components['schemas']['Health'];
export type HealthCheck = components['schemas']['HealthCheck'];
export type IkeMode = components['schemas']['IkeMode'];
export type IkeSettings = components['schemas']['IkeSettings'];
export type IkeVersion = components['schemas']['IkeVersion'];
export type Integrity = components['schemas']['Integrity'];
export type IpsecSettings = components['schemas']['IpsecSettings'];
export type KeySettings = components['schemas']['KeySettings'];
export type ListAttentionQuery = components['schemas']['ListAttentionQuery'];
export type ListAuditQuery = components['schemas']['ListAuditQuery'];
export type ListConnectionsQuery = components['schemas']['ListConnectionsQuery'];
export type ListTenantsQuery = components['schemas']['ListTenantsQuery'];
export type Match = components['schemas']['Match'];
export type Negotiation = components['schemas']['Negotiation'];
export type NewApiKey = components['schemas']['NewApiKey'];
export type NewTenant = components['schemas']['NewTenant'];
export type NewWebhookSecret = components['schemas']['NewWebhookSecret'];
export type NoGroup = components['schemas']['NoGroup'];
export type OpenApiDocument = components['schemas']['OpenApiDocument'];
export type OptionalReason = components['schemas']['OptionalReason'];
export type OutcomeStatus = components['schemas']['OutcomeStatus'];
export type ProblemCode = components['schemas']['ProblemCode'];
export type Provider = components['schemas']['Provider'];
export type ProviderErrorClass = components['schemas']['ProviderErrorClass'];
export type ProviderProblem = components['schemas']['ProviderProblem'];
export type Queue = components['schemas']['Queue'];
export type RateLimit = components['schemas']['RateLimit'];
export type RateLimitSettings = components['schemas']['RateLimitSettings'];
export type Reason = components['schemas']['Reason'];
export type RecoveryEvent = components['schemas']['RecoveryEvent'];
export type Reported = components['schemas']['Reported'];
export type ReportedBgpSettings = components['schemas']['ReportedBgpSettings'];
export type ReportedDpdSettings = components['schemas']['ReportedDpdSettings'];
export type ReportedHealthCheck = components['schemas']['ReportedHealthCheck'];
export type ReportedIkeSettings = components['schemas']['ReportedIkeSettings'];
export type ReportedIpsecSettings = components['schemas']['ReportedIpsecSettings'];
export type ReportedParameters = components['schemas']['ReportedParameters'];
export type ReportedRouting = components['schemas']['ReportedRouting'];
export type ReportedRoutingPair = components['schemas']['ReportedRoutingPair'];
export type ReportedTunnel = components['schemas']['ReportedTunnel'];
export type RequestError = components['schemas']['RequestError'];
export type RequestErrorCode = components['schemas']['RequestErrorCode'];
export type Retry = components['schemas']['Retry'];
export type RevealedKey = components['schemas']['RevealedKey'];
export type RevealedKeys = components['schemas']['RevealedKeys'];
export type Revocation = components['schemas']['Revocation'];
export type Rotation = components['schemas']['Rotation'];
export type Routing = components['schemas']['Routing'];
export type RoutingMode = components['schemas']['RoutingMode'];
export type RoutingPair = components['schemas']['RoutingPair'];
export type Scope = components['schemas']['Scope'];
export type SearchQuery = components['schemas']['SearchQuery'];
export type SearchResult = components['schemas']['SearchResult'];
export type Stats = components['schemas']['Stats'];
export type Status = components['schemas']['Status'];
export type StatusEvent = components['schemas']['StatusEvent'];
export type SucceededEvent = components['schemas']['SucceededEvent'];
export type Suspension = components['schemas']['Suspension'];
export type Tenant = components['schemas']['Tenant'];
export type TenantCredentials = components['schemas']['TenantCredentials'];
export type Tenants = components['schemas']['Tenants'];
export type TenantSettings = components['schemas']['TenantSettings'];
export type Time = components['schemas']['Time'];
export type Timeline = components['schemas']['Timeline'];
export type TimelineEvent = components['schemas']['TimelineEvent'];
export type Tunnel = components['schemas']['Tunnel'];
export type TunnelEvent = components['schemas']['TunnelEvent'];
export type TunnelRole = components['schemas']['TunnelRole'];
export type TunnelState = components['schemas']['TunnelState'];
export type TunnelStatus = components['schemas']['TunnelStatus'];
export type UnknownEvent = components['schemas']['UnknownEvent'];
export type VendorCallEvent = components['schemas']['VendorCallEvent'];
export type VendorCode = components['schemas']['VendorCode'];
export type VendorDefault = components['schemas']['VendorDefault'];
export type VendorRequest = components['schemas']['VendorRequest'];
export type WebhookAttempt = components['schemas']['WebhookAttempt'];
export type WebhookAttemptEvent = components['schemas']['WebhookAttemptEvent'];
export type WebhookExample = components['schemas']['WebhookExample'];
export type WebhookExampleRequest = components['schemas']['WebhookExampleRequest'];
export type WebhookSecret = components['schemas']['WebhookSecret'];
