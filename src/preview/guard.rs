//! Who may ask: the user's own page, and no other page or program that found the port.

use tiny_http::{Header, Method};

/// Why a request is refused: its status and what is said.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) u16, pub(super) &'static str);

const NOT_OURS: Refusal = Refusal(403, "このページは、report preview が表示した住所からだけ開けます。");

/// What a request must carry.
pub(super) struct Guard {
    /// 127.0.0.1:PORT
    host: String,
    token: String,
}

impl Guard {
    pub(super) fn new(host: String, token: String) -> Self {
        Self { host, token }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/{}/", self.host, self.token)
    }

    /// The path below the token, without its query; and the query.
    ///
    /// # Errors
    /// Another host (a foreign name made to point here), another origin, another method, or a wrong token.
    pub(super) fn admit<'a>(
        &self,
        method: &Method,
        url: &'a str,
        headers: &[Header],
    ) -> Result<(&'a str, &'a str), Refusal> {
        let all = |name: &'static str| {
            headers.iter().filter(move |header| header.field.equiv(name)).map(|header| header.value.as_str())
        };
        let mut hosts = all("Host");
        if hosts.next() != Some(&self.host) || hosts.next().is_some() {
            return Err(NOT_OURS);
        }
        if all("Origin").any(|origin| origin.strip_prefix("http://") != Some(&self.host)) {
            return Err(NOT_OURS);
        }
        if !matches!(method, Method::Get | Method::Head) {
            return Err(Refusal(405, "この操作はできません。"));
        }
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let below = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        match below {
            Some((token, below)) if is_same(token, &self.token) => Ok((below, query)),
            _ => Err(NOT_OURS),
        }
    }
}

/// Takes as long for a token that is nearly right as for one that is all wrong.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admit(method: Method, url: &str, headers: &[(&str, &str)]) -> Result<String, u16> {
        let guard = Guard::new("127.0.0.1:4000".to_string(), "abc".to_string());
        let headers: Vec<Header> = headers
            .iter()
            .map(|(name, value)| Header::from_bytes(name.as_bytes(), value.as_bytes()).expect("is a header"))
            .collect();
        guard.admit(&method, url, &headers).map(|(path, query)| format!("{path}|{query}")).map_err(|refusal| refusal.0)
    }

    #[test]
    fn only_the_own_page_is_admitted() {
        let own = ("Host", "127.0.0.1:4000");
        assert_eq!(admit(Method::Get, "/abc/", &[own]), Ok("|".to_string()));
        assert_eq!(admit(Method::Get, "/abc/search?q=a", &[own]), Ok("search|q=a".to_string()));
        assert_eq!(admit(Method::Get, "/abc/", &[own, ("Origin", "http://127.0.0.1:4000")]), Ok("|".to_string()));
        for (url, headers) in [
            ("/abd/", vec![own]),
            ("/ab/", vec![own]),
            ("/abc", vec![own]),
            ("/", vec![own]),
            ("/abc/", vec![]),
            ("/abc/", vec![("Host", "localhost:4000")]),
            ("/abc/", vec![("Host", "evil.example")]),
            ("/abc/", vec![own, ("Host", "evil.example")]),
            ("/abc/", vec![own, ("Origin", "http://evil.example")]),
            ("/abc/", vec![own, ("Origin", "null")]),
            ("/abc/", vec![own, ("Origin", "https://127.0.0.1:4000")]),
        ] {
            assert_eq!(admit(Method::Get, url, &headers), Err(403), "{url} {headers:?}");
        }
        assert_eq!(admit(Method::Post, "/abc/", &[own]), Err(405));
    }
}
