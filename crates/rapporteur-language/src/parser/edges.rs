//! From heads to subtrees and sentences: the leftmost and rightmost token below each token, and where sentences start.

/// The outermost tokens below each token, itself included, and the sentence starts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
    pub(crate) starts: Vec<bool>,
}

/// Sweeps after which spaCy stops even if some head lies outside its sentence.
const MOST_SWEEPS: usize = 12;

/// Computes edges and sentence starts. Trees whose arcs cross can need several sweeps; spaCy's count and order are kept.
pub(crate) fn find_edges(heads: &[u32], edges: &mut Edges) {
    let n = heads.len();
    edges.left.clear();
    edges.left.extend(0..n as u32);
    edges.right.clear();
    edges.right.extend(0..n as u32);
    for _ in 0..MOST_SWEEPS {
        for child in 0..n {
            lift(heads, edges, child);
        }
        for child in (0..n).rev() {
            lift(heads, edges, child);
        }
        mark_starts(heads, edges);
        if heads_within_sentences(heads, &edges.starts) {
            break;
        }
    }
    if n == 0 {
        edges.starts.clear();
    }
}

fn lift(heads: &[u32], edges: &mut Edges, child: usize) {
    let head = heads[child] as usize;
    edges.left[head] = edges.left[head].min(edges.left[child]);
    edges.right[head] = edges.right[head].max(edges.right[child]);
}

fn mark_starts(heads: &[u32], edges: &mut Edges) {
    edges.starts.clear();
    edges.starts.resize(heads.len(), false);
    for (token, &head) in heads.iter().enumerate() {
        if head as usize == token {
            edges.starts[edges.left[token] as usize] = true;
        }
    }
}

fn heads_within_sentences(heads: &[u32], starts: &[bool]) -> bool {
    let mut start = 0;
    for end in 1..heads.len() {
        if starts[end] || end == heads.len() - 1 {
            // spaCy lets a head lie on the boundary itself.
            if heads[start..end].iter().any(|&head| (head as usize) < start || head as usize > end) {
                return false;
            }
            start = end;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sentences() {
        let mut edges = Edges::default();
        find_edges(&[1, 1, 1, 4, 4], &mut edges);
        assert_eq!(edges.left, [0, 0, 2, 3, 3]);
        assert_eq!(edges.right, [0, 2, 2, 3, 4]);
        assert_eq!(edges.starts, [true, false, false, true, false]);
        find_edges(&[], &mut edges);
        assert!(edges.starts.is_empty());
    }
}
