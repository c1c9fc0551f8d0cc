//! Which version of the kernels runs: the fastest, unless one was chosen.

use std::sync::OnceLock;

use crate::error::Error;

/// A version of the arithmetic kernels that this processor can run.
///
/// The fastest one runs unless [`Level::choose`] said otherwise before the first pipeline was loaded. All versions agree up to the
/// rounding of the last bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(pub(super) Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

static CHOSEN: OnceLock<Level> = OnceLock::new();

impl Level {
    /// The names of all versions there are, on whatever processor.
    const NAMES: [&str; 3] = ["portable", "avx2", "avx512"];

    /// The fastest version this processor can run.
    pub(super) fn detect() -> Self {
        Self::available().pop().unwrap_or(Self(Kind::Portable))
    }

    /// The version that pipelines are loaded for: what was chosen, else the fastest. From then on it stays.
    pub fn current() -> Self {
        *CHOSEN.get_or_init(Self::detect)
    }

    /// All versions this processor can run, slowest first.
    pub fn available() -> Vec<Self> {
        let mut levels = vec![Self(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 =
                is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("f16c");
            if avx2 {
                levels.push(Self(Kind::Avx2));
                if is_x86_feature_detected!("avx512f") {
                    levels.push(Self(Kind::Avx512));
                }
            }
        }
        levels
    }

    /// The version of that name: `portable`, `avx2` or `avx512`.
    ///
    /// # Errors
    /// If there is none of that name, or this processor cannot run it ([`Error::is_unavailable`]).
    pub fn named(name: &str) -> Result<Self, Error> {
        let available = Self::available();
        available.iter().copied().find(|level| level.name() == name).ok_or_else(|| {
            let here = available.iter().map(|level| level.name()).collect::<Vec<_>>().join(", ");
            Error::unavailable(if Self::NAMES.contains(&name) {
                format!("this processor cannot run the kernels {name}; it runs {here}")
            } else {
                format!("there are no kernels called {name:?}; this processor runs {here}")
            })
        })
    }

    /// Has all pipelines of this program loaded for this version: to be called once, before the first is loaded.
    ///
    /// # Errors
    /// If another version is in use already ([`Error::is_unavailable`]).
    pub fn choose(self) -> Result<(), Error> {
        let current = *CHOSEN.get_or_init(|| self);
        if current == self {
            return Ok(());
        }
        let (wanted, has) = (self.name(), current.name());
        Err(Error::unavailable(format!("the kernels {wanted} were asked for when those of {has} were in use already")))
    }

    /// Its name: `portable`, `avx2` or `avx512`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "avx512",
        }
    }

    /// The vector units of this processor that matter here, for reports of speed: such as `AVX2 FMA AVX-512`.
    pub fn vector_units() -> String {
        #[cfg(target_arch = "x86_64")]
        {
            let units = [
                ("SSE2", true),
                ("AVX2", is_x86_feature_detected!("avx2")),
                ("FMA", is_x86_feature_detected!("fma")),
                ("AVX-512", is_x86_feature_detected!("avx512f")),
            ];
            units.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
        }
        #[cfg(target_arch = "aarch64")]
        return "NEON".into();
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        return "unknown".into();
    }

    /// Whether this version sums one piece of a block after the other, or all three at once.
    pub(super) fn takes_pieces(self) -> bool {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => false,
            _ => true,
        }
    }
}
