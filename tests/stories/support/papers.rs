//! Documents that were never anybody's: painted from a seed.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A sheet with a photo, lines of writing and a stamp, as the seed has it.
pub fn sheet(seed: u32) -> RgbImage {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut draw = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let mut image = RgbImage::from_pixel(900, 640, Rgb([236, 232, 224]));
    let mut fill = |x: u32, y: u32, wide: u32, high: u32, colour: [u8; 3]| {
        for down in y..(y + high).min(640) {
            for right in x..(x + wide).min(900) {
                image.put_pixel(right, down, Rgb(colour));
            }
        }
    };
    let tone = |draw: &mut dyn FnMut() -> u32| [(); 3].map(|()| u8::try_from(draw() % 200 + 20).unwrap_or(0));
    // The photo: patches of light and shade.
    for row in 0..8 {
        for column in 0..6 {
            let colour = tone(&mut draw);
            fill(40 + column * 45, 120 + row * 45, 45, 45, colour);
        }
    }
    // Lines of writing, of different length and weight.
    for line in 0..11 {
        let mut x = 350;
        while x < 860 {
            let (wide, shade) = (draw() % 60 + 12, u8::try_from(draw() % 120).unwrap_or(0));
            if draw() % 5 > 0 {
                fill(x, 60 + line * 50, wide, 26, [shade; 3]);
            }
            x += wide + 10;
        }
    }
    for _ in 0..6 {
        let (x, y, colour) = (draw() % 800, draw() % 560, tone(&mut draw));
        fill(x, y, 70, 50, colour);
    }
    image
}

/// A photo of it, as a phone saves it.
pub fn photo(seed: u32) -> Vec<u8> {
    jpeg(&sheet(seed), 88)
}

pub fn jpeg(image: &RgbImage, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality).encode_image(image).expect("encoded");
    out
}

pub fn png(image: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    DynamicImage::ImageRgb8(image.clone()).write_to(&mut Cursor::new(&mut out), ImageFormat::Png).expect("encoded");
    out
}

pub fn resized(image: &RgbImage, to: u32) -> RgbImage {
    imageops::resize(image, to, image.height() * to / image.width(), FilterType::CatmullRom)
}

pub fn cropped(image: &RgbImage, by: u32) -> RgbImage {
    let (width, height) = (image.width() - 2 * by, image.height() - by);
    imageops::crop_imm(image, by, by / 2, width, height).to_image()
}

pub fn mirrored(image: &RgbImage) -> RgbImage {
    imageops::flip_horizontal(image)
}

/// A JPEG with words in its metadata: an application segment and a comment.
pub fn with_metadata(jpeg: &[u8], words: &str) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    for marker in [0xe5, 0xfe] {
        out.extend([0xff, marker]);
        out.extend(u16::try_from(words.len() + 2).expect("short").to_be_bytes());
        out.extend(words.as_bytes());
    }
    out.extend(&jpeg[2..]);
    // And behind the end, where a second file can hide.
    out.extend(words.as_bytes());
    out
}

/// A PDF with one line of writing on each page.
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    let kids: Vec<String> = (0..lines.len()).map(|at| format!("{} 0 R", 4 + at * 2)).collect();
    objects.push(format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), lines.len()));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned());
    for (at, line) in lines.iter().enumerate() {
        let content = format!("BT /F1 36 Tf 60 700 Td ({line}) Tj ET 60 300 200 120 re f");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + at * 2
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).into_bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    out.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).into_bytes(),
    );
    out
}
