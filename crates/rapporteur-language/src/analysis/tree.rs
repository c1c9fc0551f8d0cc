//! Walking the dependency tree: children, subtrees, ancestors.

use std::ops::Range;

use super::Analysis;
use crate::parser::Edges;

/// Children of every token in one list, and the outermost tokens of every subtree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    starts: Vec<u32>,
    children: Vec<u32>,
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Tree {
    pub(crate) fn new(heads: &[u32], edges: Edges) -> Self {
        let n = heads.len();
        let mut starts = vec![0u32; n + 1];
        let child = |&(token, &head): &(usize, &u32)| head as usize != token;
        for (_, &head) in heads.iter().enumerate().filter(child) {
            starts[head as usize + 1] += 1;
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut children = vec![0; starts[n] as usize];
        let mut fill = starts.clone();
        for (token, &head) in heads.iter().enumerate().filter(child) {
            let at = &mut fill[head as usize];
            children[*at as usize] = token as u32;
            *at += 1;
        }
        Self { starts, children, left: edges.left, right: edges.right }
    }
}

impl Analysis {
    /// The head of token `i`; a root is its own head.
    pub fn head(&self, i: usize) -> usize {
        self.tokens[i].head as usize
    }

    /// Token `i` is the root of its sentence.
    pub fn is_root(&self, i: usize) -> bool {
        self.head(i) == i
    }

    /// The tokens that depend on token `i` directly, left to right.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        self.child_slice(i).iter().map(|&child| child as usize)
    }

    fn child_slice(&self, i: usize) -> &[u32] {
        let tree = &self.tree;
        &tree.children[tree.starts[i] as usize..tree.starts[i + 1] as usize]
    }

    /// The children to the left of token `i`, left to right.
    pub fn lefts(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        let all = self.child_slice(i);
        all[..all.partition_point(|&child| (child as usize) < i)].iter().map(|&child| child as usize)
    }

    /// The children to the right of token `i`, left to right.
    pub fn rights(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        let all = self.child_slice(i);
        all[all.partition_point(|&child| (child as usize) < i)..].iter().map(|&child| child as usize)
    }

    /// The leftmost token below token `i`, or `i` itself.
    pub fn left_edge(&self, i: usize) -> usize {
        self.tree.left[i] as usize
    }

    /// The rightmost token below token `i`, or `i` itself.
    pub fn right_edge(&self, i: usize) -> usize {
        self.tree.right[i] as usize
    }

    /// From the leftmost to the rightmost token below token `i`. Where arcs cross it holds tokens that are not below it;
    /// [`Analysis::subtree`] leaves those out.
    pub fn subtree_range(&self, i: usize) -> Range<usize> {
        self.left_edge(i)..self.right_edge(i) + 1
    }

    /// Token `i` and all that depends on it, near or far, in the order of the text.
    pub fn subtree(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut below = vec![i as u32];
        let mut next = 0;
        while let Some(&token) = below.get(next) {
            below.extend_from_slice(self.child_slice(token as usize));
            next += 1;
        }
        below.sort_unstable();
        below.into_iter().map(|token| token as usize)
    }

    /// The head of token `i`, the head's head, and so on up to the root.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        // A tree has no cycles; the bound makes sure that none can hang us.
        (0..self.len()).map_while(move |_| {
            let head = self.head(at);
            (head != at).then(|| {
                at = head;
                head
            })
        })
    }

    /// The root above token `i`, or `i` itself.
    pub fn root_of(&self, i: usize) -> usize {
        self.ancestors(i).last().unwrap_or(i)
    }

    /// Token `i` is `ancestor` or lies below it.
    pub fn is_within(&self, i: usize, ancestor: usize) -> bool {
        i == ancestor || self.ancestors(i).any(|above| above == ancestor)
    }
}
