//! The widths of letters as fonts tell them.
//!
//! pdf-extract 0.12 reads the form `FIRST LAST WIDTH` of a font's widths as if FIRST were all three, so that letters stand in each
//! other's way. Each such range is written out letter by letter before the crate sees it, which it reads rightly.

use pdf_extract::{Document as Pdf, Object, ObjectId};

/// The most letters of all fonts whose widths are written out.
const MOST: usize = 400_000;

/// Writes out the ranges in the widths of all fonts.
pub(super) fn write_out(pdf: &mut Pdf) {
    let mut left = MOST;
    let is_font = |object: &Object| {
        let subtype = object.as_dict().ok().and_then(|d| d.get(b"Subtype").ok()).and_then(|s| s.as_name().ok());
        subtype.is_some_and(|name| name.starts_with(b"CIDFont"))
    };
    let fonts: Vec<ObjectId> = pdf.objects.iter().filter(|(_, object)| is_font(object)).map(|(id, _)| *id).collect();
    for id in fonts {
        let Some(widths) = pdf.get_object(id).ok().and_then(|font| font.as_dict().ok()?.get(b"W").ok()) else {
            continue;
        };
        let widths = match widths {
            Object::Reference(id) => pdf.get_object(*id).ok(),
            direct => Some(direct),
        };
        let Some(written) = widths.and_then(|w| w.as_array().ok()).and_then(|w| written_out(w, &mut left)) else {
            continue;
        };
        if let Some(font) = pdf.objects.get_mut(&id).and_then(|font| font.as_dict_mut().ok()) {
            font.set("W", Object::Array(written));
        }
    }
}

/// The same widths as letters and lists alone; nothing where they make no sense.
fn written_out(widths: &[Object], left: &mut usize) -> Option<Vec<Object>> {
    let mut out = Vec::new();
    let mut rest = widths;
    while let Some((first, after)) = rest.split_first() {
        out.push(first.clone());
        match after {
            [list @ Object::Array(_), after @ ..] => {
                out.push(list.clone());
                rest = after;
            }
            [last, width, after @ ..] => {
                let count = usize::try_from(last.as_i64().ok()?.checked_sub(first.as_i64().ok()?)?).ok()? + 1;
                *left = left.checked_sub(count)?;
                out.push(Object::Array(vec![width.clone(); count]));
                rest = after;
            }
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_out_and_bombs_are_not() {
        let number = Object::Integer;
        let list = |of: &[i64]| Object::Array(of.iter().map(|&n| number(n)).collect());
        let widths = [number(3), number(5), number(250), number(58), list(&[1000])];
        let out = written_out(&widths, &mut 10).unwrap();
        assert_eq!(out, [number(3), list(&[250, 250, 250]), number(58), list(&[1000])]);
        for wrong in
            [vec![number(3), number(1), number(9)], vec![number(0), number(i64::MAX), number(9)], vec![number(3)]]
        {
            assert!(written_out(&wrong, &mut 10).is_none());
        }
    }
}
