//! Where the parser stands: stack, buffer, and the arcs drawn so far.

use super::{BREAK, FEATURES, LEFT, NO, REDUCE, RIGHT, SHIFT};

/// The class of a token without an arc.
pub(super) const ROOT: u16 = u16::MAX;

#[derive(Default)]
pub(super) struct State {
    tokens: u32,
    stack: Vec<u32>,
    /// Tokens put back on the buffer, the next one last.
    returned: Vec<u32>,
    /// The first token never taken from the buffer.
    next: u32,
    heads: Vec<u32>,
    classes: Vec<u16>,
    /// The most recently attached child on each side, and for each child the one attached before it on its side.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    previous: Vec<u32>,
    unshiftable: Vec<bool>,
    sentence_start: Vec<bool>,
    steps_left: usize,
}

fn reset<T: Clone>(list: &mut Vec<T>, len: usize, value: T) {
    list.clear();
    list.resize(len, value);
}

impl State {
    pub(super) fn begin(&mut self, tokens: usize) {
        self.tokens = tokens as u32;
        self.stack.clear();
        self.returned.clear();
        self.next = 0;
        reset(&mut self.heads, tokens, NO);
        reset(&mut self.classes, tokens, ROOT);
        reset(&mut self.last_left, tokens, NO);
        reset(&mut self.last_right, tokens, NO);
        reset(&mut self.previous, tokens, NO);
        reset(&mut self.unshiftable, tokens, false);
        reset(&mut self.sentence_start, tokens, false);
        if let Some(first) = self.sentence_start.first_mut() {
            *first = true;
        }
        // The rules end in fewer steps than this; a bound makes sure that they do.
        self.steps_left = 16 * tokens + 64;
    }

    fn buffer(&self, k: usize) -> u32 {
        if let Some(at) = self.returned.len().checked_sub(k + 1) {
            return self.returned[at];
        }
        let token = self.next as usize + (k - self.returned.len());
        if token < self.tokens as usize { token as u32 } else { NO }
    }

    fn buffer_len(&self) -> usize {
        self.returned.len() + (self.tokens - self.next) as usize
    }

    fn stack(&self, k: usize) -> u32 {
        self.stack.len().checked_sub(k + 1).map_or(NO, |at| self.stack[at])
    }

    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    /// The next step looks at no token from `ready` on.
    pub(super) fn looks_no_further_than(&self, ready: usize) -> bool {
        let seen = |token: u32| token == NO || (token as usize) < ready;
        seen(self.buffer(0)) && seen(self.buffer(1))
    }

    /// The tokens whose vectors decide the next action.
    pub(super) fn context(&self) -> [u32; FEATURES] {
        let child = |of: u32, list: &[u32]| if of == NO { NO } else { list[of as usize] };
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            child(b0, &self.last_left),
            child(s0, &self.last_left),
            child(s0, &self.last_right),
        ]
    }

    /// Which actions are allowed.
    pub(super) fn valid(&self) -> [bool; 5] {
        let (b0, b1) = (self.buffer(0), self.buffer(1));
        let starts = |token: u32| token != NO && self.sentence_start[token as usize];
        let stacked = !self.stack.is_empty();
        let shiftable = b1 != NO && !starts(b0) && !self.unshiftable[b0 as usize];
        let arc = stacked && b0 != NO && !starts(b0);
        let break_here = b1 != NO && b1 == b0 + 1 && !starts(b1);
        let mut valid = [false; 5];
        valid[SHIFT as usize] = b0 != NO && (!stacked || shiftable);
        valid[REDUCE as usize] = stacked;
        valid[LEFT as usize] = arc;
        valid[RIGHT as usize] = arc;
        valid[BREAK as usize] = break_here;
        valid
    }

    pub(super) fn apply(&mut self, action: u8, class: u16) {
        self.steps_left -= 1;
        if self.steps_left == 0 {
            return self.give_up();
        }
        let (b0, s0) = (self.buffer(0), self.stack(0));
        match action {
            SHIFT => self.push(b0),
            REDUCE => {
                self.stack.pop();
                if self.heads[s0 as usize] == NO && !self.stack.is_empty() {
                    self.unshiftable[s0 as usize] = true;
                    self.returned.push(s0);
                }
            }
            LEFT => {
                self.arc(b0, s0, class);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            RIGHT => {
                self.arc(s0, b0, class);
                self.push(b0);
            }
            _ => {
                let b1 = self.buffer(1);
                self.sentence_start[b1 as usize] = true;
            }
        }
    }

    /// Ends where it stands: what has no head becomes a root.
    pub(super) fn give_up(&mut self) {
        self.stack.clear();
        self.returned.clear();
        self.next = self.tokens;
    }

    fn push(&mut self, token: u32) {
        if self.returned.pop().is_none() {
            self.next += 1;
        }
        self.stack.push(token);
    }

    fn arc(&mut self, head: u32, child: u32, class: u16) {
        let old = self.heads[child as usize];
        if old != NO {
            self.detach(old, child);
        }
        self.heads[child as usize] = head;
        self.classes[child as usize] = class;
        let list = if child < head { &mut self.last_left } else { &mut self.last_right };
        self.previous[child as usize] = std::mem::replace(&mut list[head as usize], child);
    }

    fn detach(&mut self, head: u32, child: u32) {
        let before = self.previous[child as usize];
        let list = if child < head { &mut self.last_left } else { &mut self.last_right };
        let mut at = list[head as usize];
        if at == child {
            list[head as usize] = before;
            return;
        }
        while at != NO {
            let next = self.previous[at as usize];
            if next == child {
                self.previous[at as usize] = before;
                return;
            }
            at = next;
        }
    }

    pub(super) fn finish(&mut self) -> (&mut Vec<u32>, &mut Vec<u16>) {
        for (token, head) in self.heads.iter_mut().enumerate() {
            if *head == NO {
                *head = token as u32;
                self.classes[token] = ROOT;
            }
        }
        (&mut self.heads, &mut self.classes)
    }
}
