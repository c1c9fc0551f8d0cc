//! Turns strings into the numbers that the model knows them by.

use crate::symbols::SYMBOLS;

/// The id of a string: 0 for the empty one, a small number for a fixed name, else a 64-bit hash.
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    if text.len() <= LONGEST_SYMBOL
        && let Ok(at) = SYMBOLS.binary_search_by(|(name, _)| (*name).cmp(text))
    {
        return u64::from(SYMBOLS[at].1);
    }
    murmur2(text.as_bytes(), 1)
}

const LONGEST_SYMBOL: usize = 32;

fn word(bytes: &[u8]) -> u64 {
    let mut whole = [0u8; 8];
    whole[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(whole)
}

/// MurmurHash2, 64-bit version A.
pub(crate) fn murmur2(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let blocks = bytes.chunks_exact(8);
    let tail = blocks.remainder();
    for block in blocks {
        let mut k = word(block).wrapping_mul(M);
        k ^= k >> 47;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        h = (h ^ word(tail)).wrapping_mul(M);
    }
    h ^= h >> 47;
    h = h.wrapping_mul(M);
    h ^ (h >> 47)
}

/// The four numbers that choose the rows of a hash embedding for a key.
pub(crate) fn embed_keys(key: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut h1 = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed;
    h1 ^= 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// A quick hash for our own tables; also the one stored tables are laid out by, so it never changes.
pub(crate) fn quick(bytes: &[u8]) -> u32 {
    const A: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        wide as u64 ^ (wide >> 64) as u64
    };
    let mut h = bytes.len() as u64 ^ 0x2545_f491_4f6c_dd1d;
    let blocks = bytes.chunks_exact(8);
    let tail = blocks.remainder();
    for block in blocks {
        h = fold(h ^ word(block), A);
    }
    if !tail.is_empty() {
        h = fold(h ^ word(tail), A);
    }
    h = fold(h, 0xd6e8_feb8_6659_fd93);
    (h >> 32) as u32 ^ h as u32
}

/// A 64-bit sum over a file that changes with any single flipped bit, fast enough to run at every load.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const PRIMES: [u64; 4] =
        [0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63];
    let mut lanes = PRIMES;
    let blocks = bytes.chunks_exact(32);
    let tail = blocks.remainder();
    for block in blocks {
        for (lane, (bytes, prime)) in lanes.iter_mut().zip(block.chunks_exact(8).zip(PRIMES)) {
            *lane = (*lane ^ word(bytes)).wrapping_mul(prime).rotate_left(29);
        }
    }
    let mut sum = bytes.len() as u64;
    for lane in lanes {
        sum = mix(sum ^ lane);
    }
    for bytes in tail.chunks(8) {
        sum = mix(sum ^ word(bytes)).wrapping_add(bytes.len() as u64);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_ids() {
        assert_eq!(string_id("a"), 11901859001352538922);
        assert_eq!(string_id("apple"), 8566208034543834098);
        assert_eq!(string_id("U.S."), 16611556673110956997);
        assert_eq!(string_id("zzzzzzzzzzzzzzzzz"), 1561402410276934573);
        assert_eq!(string_id("punct"), 445);
        assert_eq!(string_id("LAW"), 390);
        assert_eq!(string_id(""), 0);
    }

    #[test]
    fn symbols_are_sorted_and_short() {
        assert!(SYMBOLS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(SYMBOLS.iter().all(|(name, _)| name.len() <= LONGEST_SYMBOL));
        assert_eq!(SYMBOLS.len(), 456);
    }

    #[test]
    fn known_embedding_keys() {
        assert_eq!(embed_keys(0, 8), [0, 0, 0, 0]);
        assert_eq!(embed_keys(0, 9), [1862229173, 1175497701, 2029532547, 1365388714]);
        assert_eq!(embed_keys(1, 8), [1161550108, 2247783286, 1742325162, 1224191281]);
    }

    #[test]
    fn the_checksum_sees_every_bit() {
        let mut bytes: Vec<u8> = (0..77).collect();
        let sum = checksum(&bytes);
        for at in 0..bytes.len() * 8 {
            bytes[at / 8] ^= 1 << (at % 8);
            assert_ne!(checksum(&bytes), sum);
            bytes[at / 8] ^= 1 << (at % 8);
        }
    }
}
