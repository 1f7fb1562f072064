//! Whether a file of the old kind (.xls) is whole: the library that reads it stops the program where the file's table of
//! sectors points behind its end, as it does in a file that was copied by halves. Knows nothing of what a sector holds.

/// Values from here on are no sectors but words about them.
const WORDS: u32 = 0xffff_fffa;
const FREE: u32 = u32::MAX;
/// Where the header lists the sectors of the table
const LISTED: std::ops::Range<usize> = 76..512;

struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    count: usize,
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    Sectors::new(bytes).and_then(|sectors| sectors.check()).is_some()
}

impl<'a> Sectors<'a> {
    /// The header takes the place of a first sector.
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let size = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        let count = (bytes.len() / size).checked_sub(1)?;
        Some(Self { bytes, size, count })
    }

    fn check(&self) -> Option<()> {
        for start in [48, 60, 68] {
            self.sound(number(self.bytes.get(start..start + 4)?))?;
        }
        let entries: Vec<u32> = self.table()?.into_iter().flat_map(numbers).collect();
        (entries.len() >= self.count).then_some(())?;
        for (index, entry) in entries.into_iter().enumerate() {
            let is_there = index < self.count || entry == FREE;
            is_there.then_some(())?;
            self.sound(entry)?;
        }
        Some(())
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

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(number)
}

fn number(bytes: &[u8]) -> u32 {
    bytes.try_into().map_or(FREE, u32::from_le_bytes)
}
