//! Connections that have not shown the token yet: whoever found the port may open some, and must keep nobody out.

use std::collections::VecDeque;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// More than a browser opens at once before it asks.
const MOST: usize = 32;

/// The connections that have not shown the token yet, oldest first.
#[derive(Default)]
pub(super) struct Waiting(Mutex<VecDeque<Arc<TcpStream>>>);

impl Waiting {
    /// Lets one in. Where there are too many the oldest is closed: it had the time to ask.
    pub(super) fn enter(&self, connection: TcpStream) -> Arc<TcpStream> {
        let connection = Arc::new(connection);
        let mut waiting = self.lock();
        waiting.push_back(Arc::clone(&connection));
        if waiting.len() > MOST
            && let Some(oldest) = waiting.pop_front()
        {
            // An error says that it is gone, which is what was wanted.
            let _ = oldest.shutdown(Shutdown::Both);
        }
        connection
    }

    /// One has asked, or is gone.
    pub(super) fn leave(&self, connection: &Arc<TcpStream>) {
        self.lock().retain(|waiting| !Arc::ptr_eq(waiting, connection));
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<TcpStream>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
