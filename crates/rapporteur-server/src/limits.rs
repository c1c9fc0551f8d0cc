//! How much a server does for whom.

use std::time::Duration;

/// Bounds that keep one visitor from taking the server from all others. Those of [`Limits::default`] suit a newsroom on one
/// machine.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Visitors at once. When there are so many, the one who has been silent longest (for whom nothing is being answered)
    /// makes room for the next; where none is silent, the next is told to come again.
    pub visitors: usize,
    /// Visitors at once from one address (of IPv6: from one network of 64 bits); room is made among them alone.
    pub visitors_of_one_address: usize,
    /// How long the head of a request may take to come.
    pub head_time: Duration,
    /// How long an answer may take to be fetched.
    pub reply_time: Duration,
    /// How long a request may take from its head to its answer.
    pub request_time: Duration,
    /// Drafts checked at once; more wait.
    pub checks: usize,
    /// Drafts that wait; more are told to come again.
    pub checks_waiting: usize,
    /// How long a draft may wait.
    pub wait_time: Duration,
    /// How long the check of one draft may take; what was judged by then is shown, and that it is not all.
    pub check_time: Duration,
    /// Letters of a draft.
    pub draft_letters: usize,
    /// Quotations of a draft that are judged, and other claims of each kind.
    pub draft_claims: usize,
    /// Bytes of one upload, all its files together.
    pub upload_bytes: u64,
    /// Files of one upload.
    pub upload_files: usize,
    /// Reports that one upload brings; of a mailbox that has more the rest is left, and that is told.
    pub upload_reports: usize,
    /// How long an upload may take to come.
    pub upload_time: Duration,
    /// How long the reading of one upload may take; what is left then is told.
    pub upload_work_time: Duration,
    /// Uploads received at once.
    pub uploads: usize,
    /// Uploads that are read or wait for it; one is read at a time.
    pub uploads_waiting: usize,
    /// Bytes that all uploads together may hold until they were read.
    pub uploads_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            visitors: 256,
            visitors_of_one_address: 128,
            head_time: Duration::from_secs(10),
            reply_time: Duration::from_secs(60),
            request_time: Duration::from_secs(60),
            checks: 2,
            checks_waiting: 8,
            wait_time: Duration::from_secs(20),
            check_time: Duration::from_secs(20),
            draft_letters: 100_000,
            draft_claims: 2_000,
            upload_bytes: 64 * 1024 * 1024,
            upload_files: 200,
            upload_reports: 500,
            upload_time: Duration::from_secs(300),
            upload_work_time: Duration::from_secs(900),
            uploads: 4,
            uploads_waiting: 16,
            uploads_bytes: 256 * 1024 * 1024,
        }
    }
}
