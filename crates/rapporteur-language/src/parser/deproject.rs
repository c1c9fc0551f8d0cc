//! Lets arcs cross where the parser could only hint at it: a label `dobj||xcomp` sends its token to the `xcomp` below.

use rustc_hash::FxHashMap;

use super::{ArcLabel, Edges};
use crate::label::Dep;

/// The children of every token, in one list.
struct Children {
    starts: Vec<u32>,
    list: Vec<u32>,
    /// Tokens that got another head since the list was made, by that head.
    moved: FxHashMap<u32, Vec<u32>>,
}

impl Children {
    fn new(heads: &[u32]) -> Self {
        let n = heads.len();
        let mut starts = vec![0u32; n + 1];
        for (token, &head) in heads.iter().enumerate() {
            if head as usize != token {
                starts[head as usize + 1] += 1;
            }
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut fill = starts.clone();
        let mut list = vec![0; starts[n] as usize];
        for (token, &head) in heads.iter().enumerate() {
            if head as usize != token {
                list[fill[head as usize] as usize] = token as u32;
                fill[head as usize] += 1;
            }
        }
        Self { starts, list, moved: FxHashMap::default() }
    }

    /// Appends the present children of a token, left to right, that lie within its edges.
    fn of(&self, token: u32, heads: &[u32], edges: &Edges, out: &mut Vec<u32>) {
        let at = token as usize;
        let begin = out.len();
        let first = &self.list[self.starts[at] as usize..self.starts[at + 1] as usize];
        let moved = self.moved.get(&token);
        let range = edges.left[at]..=edges.right[at];
        let here = |child: &&u32| heads[**child as usize] == token && range.contains(*child);
        out.extend(first.iter().filter(here));
        if let Some(moved) = moved {
            out.extend(moved.iter().filter(here));
            out[begin..].sort_unstable();
            let mut last = None;
            let mut keep = begin;
            for i in begin..out.len() {
                if last != Some(out[i]) {
                    last = Some(out[i]);
                    out[keep] = out[i];
                    keep += 1;
                }
            }
            out.truncate(keep);
        }
    }
}

/// Moves every token with a decorated label to its real head. Returns whether any token had one.
pub(crate) fn deprojectivise(
    heads: &mut [u32],
    arcs: &[ArcLabel],
    labels: &mut [Dep],
    classes: &[u16],
    edges: &Edges,
    is_space: impl Fn(u32) -> bool,
) -> bool {
    // A label that is still decorated equals no plain one, as in spaCy, where the comparison is by the whole text.
    let mut decorated: Vec<bool> =
        classes.iter().map(|&c| arcs.get(usize::from(c)).is_some_and(|a| a.sought.is_some())).collect();
    if !decorated.contains(&true) {
        return false;
    }
    let mut children = Children::new(heads);
    let (mut queue, mut below) = (Vec::new(), Vec::new());
    for token in 0..heads.len() as u32 {
        let Some(sought) = arcs.get(usize::from(classes[token as usize])).and_then(|arc| arc.sought) else {
            continue;
        };
        let old = heads[token as usize];
        queue.clear();
        queue.push(old);
        let mut next = 0;
        let mut found = None;
        'search: while next < queue.len() {
            below.clear();
            children.of(queue[next], heads, edges, &mut below);
            next += 1;
            for &child in &below {
                if child == token || is_space(child) {
                    continue;
                }
                if labels[child as usize] == sought && !decorated[child as usize] {
                    found = Some(child);
                    break 'search;
                }
                queue.push(child);
            }
            // A cycle among moved tokens could be followed for ever; a tree has no more nodes than tokens.
            if queue.len() > 2 * heads.len() + 2 {
                break;
            }
        }
        if let Some(new) = found {
            heads[token as usize] = new;
            children.moved.entry(new).or_default().push(token);
        }
        decorated[token as usize] = false;
    }
    true
}
