//! Who is connected: how many at all and from one address, and who has not asked for anything yet.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::limits::Limits;

/// All connections.
#[derive(Debug)]
pub(crate) struct Visitors {
    max: usize,
    max_of_one: usize,
    present: Mutex<Present>,
}

#[derive(Debug, Default)]
struct Present {
    next: u64,
    all: BTreeMap<u64, Seat>,
}

#[derive(Debug)]
struct Seat {
    peer: IpAddr,
    /// Since when nothing whole was asked for; `None` while a request is answered.
    idle: Option<Instant>,
    leave: Arc<Notify>,
}

/// One connection; the seat is free when it is dropped.
#[derive(Debug)]
pub(crate) struct Visit {
    visitors: Arc<Visitors>,
    number: u64,
    leave: Arc<Notify>,
}

impl Visitors {
    pub fn new(limits: &Limits) -> Arc<Self> {
        let (max, max_of_one) = (limits.visitors.max(1), limits.visitors_of_one_address.max(1));
        Arc::new(Visitors { max, max_of_one, present: Mutex::default() })
    }

    fn present(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets somebody in. Where all seats are taken, or all that one address may have, the one among them who has been silent
    /// longest makes room; where none is silent, nobody is let in.
    pub fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Visit> {
        let peer = network(peer);
        let mut present = self.present();
        let of_one = present.all.values().filter(|s| s.peer == peer).count();
        let room = match (of_one >= self.max_of_one, present.all.len() >= self.max) {
            (true, _) => Some(present.silent(Some(peer))?),
            (_, true) => Some(present.silent(None)?),
            _ => None,
        };
        present.leaves(room);
        let (number, leave) = (present.next, Arc::new(Notify::new()));
        present.next += 1;
        present.all.insert(number, Seat { peer, idle: Some(Instant::now()), leave: leave.clone() });
        drop(present);
        Some(Visit { visitors: self.clone(), number, leave })
    }

    /// Asks the one who has been silent longest to leave, if there is one: the system has no room for another.
    pub fn make_room(&self) {
        let mut present = self.present();
        let room = present.silent(None);
        present.leaves(room);
    }
}

impl Present {
    /// Who has been silent longest, of all or of one address.
    fn silent(&self, only: Option<IpAddr>) -> Option<u64> {
        let seats = self.all.iter().filter(|(_, s)| only.is_none_or(|peer| s.peer == peer));
        seats.filter_map(|(n, s)| Some((s.idle?, *n))).min().map(|(_, n)| n)
    }

    fn leaves(&mut self, number: Option<u64>) {
        if let Some(seat) = number.and_then(|n| self.all.remove(&n)) {
            seat.leave.notify_one();
        }
    }
}

impl Visit {
    /// A request has come whole.
    pub fn asks(&self) {
        self.set(None);
    }

    /// It is answered.
    pub fn is_answered(&self) {
        self.set(Some(Instant::now()));
    }

    fn set(&self, idle: Option<Instant>) {
        if let Some(seat) = self.visitors.present().all.get_mut(&self.number) {
            seat.idle = idle;
        }
    }

    /// Ends when somebody else needs the seat, or when nothing was asked for, nor the last answer fetched, for so long.
    pub async fn has_to_leave(&self, max_idle: Duration) {
        loop {
            let idle = self.visitors.present().all.get(&self.number).map(|s| s.idle);
            let left = match idle {
                None => return,
                Some(None) => max_idle,
                Some(Some(since)) => max_idle.saturating_sub(since.elapsed()),
            };
            if left.is_zero() || tokio::time::timeout(left, self.leave.notified()).await.is_ok() {
                return;
            }
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.visitors.present().all.remove(&self.number);
    }
}

/// Whom an address belongs to: of IPv6 everybody gets at least 64 bits.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from(u128::from(ip) >> 64 << 64)),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitors(max: usize, max_of_one: usize) -> Arc<Visitors> {
        Visitors::new(&Limits { visitors: max, visitors_of_one_address: max_of_one, ..Limits::default() })
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))
    }

    fn numbers(visitors: &Visitors) -> Vec<u64> {
        visitors.present().all.keys().copied().collect()
    }

    #[test]
    fn the_silent_make_room_and_the_busy_do_not() {
        let all = visitors(3, 3);
        let seats: Vec<_> = ["192.0.2.1", "192.0.2.2", "192.0.2.3"].iter().map(|p| all.admit(ip(p))).collect();
        seats[0].as_ref().map(Visit::asks);
        let fourth = all.admit(ip("192.0.2.4"));
        assert!(fourth.is_some());
        assert_eq!(numbers(&all), [0, 2, 3], "the one who was silent longest");
        seats[2].as_ref().map(Visit::asks);
        fourth.as_ref().map(Visit::asks);
        assert!(all.admit(ip("192.0.2.5")).is_none(), "nobody is silent");
        drop(seats);
        assert!(all.admit(ip("192.0.2.5")).is_some());
    }

    #[test]
    fn where_the_system_has_no_room_the_silent_leave() {
        let all = visitors(10, 10);
        let seats: Vec<_> = ["192.0.2.1", "192.0.2.2"].iter().map(|p| all.admit(ip(p))).collect();
        seats[0].as_ref().map(Visit::asks);
        all.make_room();
        all.make_room();
        assert_eq!(numbers(&all), [0]);
    }

    #[test]
    fn one_address_takes_room_from_itself_alone() {
        let all = visitors(10, 2);
        let other = all.admit(ip("192.0.2.9"));
        let _seats: Vec<_> = (0..20).map(|n| all.admit(ip(&format!("2001:db8::{n:x}")))).collect();
        assert_eq!(numbers(&all), [0, 19, 20]);
        drop(other);
        let back = all.admit(ip("::ffff:192.0.2.9"));
        assert!(back.is_some());
        drop(back);
        let _another_network = all.admit(ip("2001:db8:0:1::1"));
        assert_eq!(numbers(&all), [19, 20, 22]);
    }
}
