//! Who may ask: the user's own page, and no other page or program that found the port.

use std::io;
use std::net::TcpListener;

use super::http::Request;

/// Why a request is refused: its status and what is reported.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub(super) u16, pub(super) &'static str);

const NOT_OURS: Refusal = Refusal(403, "このページは、report が開いた画面か、黒い画面に出たアドレスからだけ開けます。");

/// What a request must carry.
pub(super) struct Guard {
    /// 127.0.0.1:PORT
    host: String,
    token: String,
}

impl Guard {
    /// A free port of 127.0.0.1 and its guard, with a token that nobody can guess.
    ///
    /// # Errors
    /// The operating system's.
    pub(super) fn open() -> io::Result<(TcpListener, Self)> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let token: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((listener, Self::new(format!("127.0.0.1:{port}"), token)))
    }

    fn new(host: String, token: String) -> Self {
        Self { host, token }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/{}/", self.host, self.token)
    }

    /// The path below the token, without its query; and the query.
    ///
    /// # Errors
    /// Another host (a foreign name made to point here), another origin, another method, or a wrong token.
    pub(super) fn admit<'a>(&self, request: &'a Request, methods: &[&str]) -> Result<(&'a str, &'a str), Refusal> {
        let mut hosts = request.all("Host");
        if hosts.next() != Some(&self.host) || hosts.next().is_some() {
            return Err(NOT_OURS);
        }
        if request.all("Origin").any(|origin| origin.strip_prefix("http://") != Some(&self.host)) {
            return Err(NOT_OURS);
        }
        if !methods.contains(&request.method.as_str()) {
            return Err(Refusal(405, "この操作はできません。"));
        }
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let below = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        match below {
            Some((token, below)) if is_same(token, &self.token) => Ok((below, query)),
            _ => Err(NOT_OURS),
        }
    }
}

impl Guard {
    /// What changes something is sent by the own page, as JSON: its origin stands in it, and no form of another page can send that.
    ///
    /// # Errors
    /// Without an origin, or as something else.
    pub(super) fn admit_change(&self, request: &Request) -> Result<(), Refusal> {
        let is_json = |kind: &str| kind.split(';').next().is_some_and(|kind| kind.trim() == "application/json");
        if request.all("Origin").next().is_none() {
            return Err(NOT_OURS);
        }
        match request.all("Content-Type").next() {
            Some(kind) if is_json(kind) => Ok(()),
            _ => Err(Refusal(415, "この操作はできません。")),
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

    fn admit(method: &str, target: &str, headers: &[(&str, &str)]) -> Result<String, u16> {
        let guard = Guard::new("127.0.0.1:4000".to_string(), "abc".to_string());
        let request = Request {
            method: method.to_string(),
            target: target.to_string(),
            headers: headers.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect(),
            begun: Vec::new(),
        };
        guard
            .admit(&request, &["GET", "HEAD"])
            .map(|(path, query)| format!("{path}|{query}"))
            .map_err(|refusal| refusal.0)
    }

    #[test]
    fn only_the_own_page_is_admitted() {
        let own = ("Host", "127.0.0.1:4000");
        assert_eq!(admit("GET", "/abc/", &[own]), Ok("|".to_string()));
        assert_eq!(admit("GET", "/abc/search?q=a", &[own]), Ok("search|q=a".to_string()));
        assert_eq!(admit("GET", "/abc/", &[own, ("Origin", "http://127.0.0.1:4000")]), Ok("|".to_string()));
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
            assert_eq!(admit("GET", url, &headers), Err(403), "{url} {headers:?}");
        }
        assert_eq!(admit("POST", "/abc/", &[own]), Err(405));
    }
}
