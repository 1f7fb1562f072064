//! The streams of a file of the old kind (.xls), which lie in sectors that a table puts in order. A file whose table points
//! behind its end, as it does in one that was copied by halves, is not read. Knows nothing of what a stream holds.

/// Values from here on are no sectors but words about them.
const WORDS: u32 = 0xffff_fffa;
const FREE: u32 = u32::MAX;
/// Where the header lists the sectors of the table
const LISTED: std::ops::Range<usize> = 76..512;

/// The end of the chain that begins here
const END: u32 = 0xffff_fffe;
/// A smaller stream lies in the short sectors of a stream of its own.
const LEAST: usize = 4096;
const SHORT: usize = 64;
const ENTRY: usize = 128;

pub(super) struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    count: usize,
    /// Which sector follows each
    next: Vec<u32>,
}

/// What the directory says of a stream.
struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Sectors<'a> {
    /// Nothing where the file is not whole.
    pub(super) fn whole(bytes: &'a [u8]) -> Option<Self> {
        let mut sectors = Self::new(bytes)?;
        sectors.next = sectors.check()?;
        Some(sectors)
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entries = self.directory()?;
        let entry = entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.length >= LEAST {
            let mut bytes = self.chain(entry.start)?;
            return bytes.get(entry.length..).is_some().then(|| {
                bytes.truncate(entry.length);
                bytes
            });
        }
        let shorts = self.chain(entries.first()?.start)?;
        let table = self.chain(number(self.bytes.get(60..64)?))?;
        let next: Vec<u32> = numbers(&table).collect();
        let mut bytes = followed(entry.start, &next, |id| shorts.get(id * SHORT..(id + 1) * SHORT))?;
        bytes.truncate(entry.length);
        Some(bytes)
    }

    fn directory(&self) -> Option<Vec<Entry>> {
        let bytes = self.chain(number(self.bytes.get(48..52)?))?;
        let entry = |bytes: &[u8]| {
            let letters = usize::from(bytes.get(64).copied()?.min(64)) / 2;
            let units: Vec<u16> = bytes
                .chunks_exact(2)
                .take(letters)
                .filter_map(|unit| unit.try_into().ok().map(u16::from_le_bytes))
                .collect();
            let name = String::from_utf16_lossy(&units).trim_end_matches('\0').to_string();
            let start = number(bytes.get(116..120)?);
            Some(Entry { name, start, length: usize::try_from(number(bytes.get(120..124)?)).ok()? })
        };
        bytes.chunks_exact(ENTRY).map(entry).collect()
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        followed(start, &self.next, |id| self.sector(u32::try_from(id).ok()?))
    }

    /// The header takes the place of a first sector.
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let size = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let count = (bytes.len() / size).checked_sub(1)?;
        Some(Self { bytes, size, count, next: Vec::new() })
    }

    fn check(&self) -> Option<Vec<u32>> {
        for start in [48, 60, 68] {
            self.sound(number(self.bytes.get(start..start + 4)?))?;
        }
        let entries: Vec<u32> = self.table()?.into_iter().flat_map(numbers).collect();
        (entries.len() >= self.count).then_some(())?;
        for (index, entry) in entries.iter().enumerate() {
            let is_there = index < self.count || *entry == FREE;
            is_there.then_some(())?;
            self.sound(*entry)?;
        }
        Some(entries)
    }

    /// The sectors that say of each sector which one follows: listed in the header, then in sectors of their own.
    fn table(&self) -> Option<Vec<&'a [u8]>> {
        let mut listed: Vec<u32> = numbers(self.bytes.get(LISTED)?).collect();
        let mut next = number(self.bytes.get(68..72)?);
        for _ in 0..self.count {
            let Some(sector) = self.sector(next) else { break };
            listed.extend(numbers(sector));
            next = listed.pop()?;
        }
        listed.into_iter().filter(|id| *id < WORDS).map(|id| self.sector(id)).collect()
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(id).ok()?.checked_add(1)?.checked_mul(self.size)?;
        self.bytes.get(start..start.checked_add(self.size)?)
    }

    fn sound(&self, id: u32) -> Option<()> {
        (id >= WORDS || usize::try_from(id).is_ok_and(|id| id < self.count)).then_some(())
    }
}

/// The sectors of a chain together; one that goes in a circle has no end.
fn followed<'b>(start: u32, next: &[u32], sector: impl Fn(usize) -> Option<&'b [u8]>) -> Option<Vec<u8>> {
    let (mut id, mut bytes) = (start, Vec::new());
    for _ in 0..=next.len() {
        if id == END {
            return Some(bytes);
        }
        let index = usize::try_from(id).ok()?;
        bytes.extend_from_slice(sector(index)?);
        id = *next.get(index)?;
    }
    None
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(number)
}

fn number(bytes: &[u8]) -> u32 {
    bytes.try_into().map_or(FREE, u32::from_le_bytes)
}
