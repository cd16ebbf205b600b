//! Where a request comes from.
//!
//! A proxy in front says so in `X-Forwarded-For`, whose last entry is the one that it wrote itself. Anybody can send that
//! header, so it counts only from a proxy: this machine, or one that the settings name.

use std::net::IpAddr;

use axum::http::HeaderMap;

use super::limits::network;

const FORWARDED: &str = "x-forwarded-for";

/// The network that limits count; `None` where a proxy does not tell it.
pub(super) fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let peer = peer.to_canonical();
    if !peer.is_loopback() && !proxies.contains(&peer) {
        return Some(network(peer));
    }
    let last = headers.get_all(FORWARDED).iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse().ok().map(network)
}

/// Whether a proxy passed the request on. What is for this machine alone is not answered then.
pub(super) fn is_passed_on(headers: &HeaderMap) -> bool {
    headers.contains_key(FORWARDED) || headers.contains_key("forwarded")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], proxies: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED, value.parse().unwrap());
        }
        let proxies: Vec<IpAddr> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &proxies).map(|ip| ip.to_string())
    }

    #[test]
    fn only_a_proxy_is_believed_and_only_about_its_own_neighbour() {
        assert_eq!(seen("127.0.0.1", &["203.0.113.9, 192.0.2.7"], &[]).as_deref(), Some("192.0.2.7"));
        assert_eq!(seen("127.0.0.1", &["203.0.113.9", "192.0.2.7"], &[]).as_deref(), Some("192.0.2.7"));
        assert_eq!(seen("198.51.100.1", &["192.0.2.7"], &[]).as_deref(), Some("198.51.100.1"));
        assert_eq!(seen("10.0.0.5", &["192.0.2.7"], &["10.0.0.5"]).as_deref(), Some("192.0.2.7"));
        assert_eq!(seen("::1", &[], &[]), None);
        assert_eq!(seen("127.0.0.1", &["nonsense"], &[]), None);
    }
}
