//! Names and numbers that are masked by asterisks: `张** 和李** 获奖`, as reports of courts and lists of winners in Chinese do.
//! Owns the surnames; rules decide what follows from them.

/// The hundred most frequent surnames, in both scripts. Source: the yearly report on names of the Ministry of Public Security of China
/// (2018 to 2021), without those that are also prepositions or the ends of frequent nouns (于, 向, 程, 史, 任, 何, 许).
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭林高罗郑梁谢宋唐邓冯韩曹曾彭萧肖蔡潘田董袁余叶蒋杜苏魏吕丁沈姚卢傅钟姜\
    崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎龙陶贺顾毛郝龚邵万钱严覃武莫孔汤\
    張劉陳楊黃趙吳孫馬羅鄭謝鄧馮韓蕭葉蔣蘇呂盧鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯某";

/// Whether `c` is a surname (or stands for one) in Chinese.
pub fn is_surname(c: char) -> bool {
    !c.is_ascii() && SURNAMES.contains(c)
}

/// Whether clauses are parted in `text`, by marks of any script.
pub fn has_clauses(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let parts = matches!(c, '，' | '。' | '；' | '！' | '？' | '،' | '؛' | '؟' | '।')
            || matches!(c, ',' | ';' | '.' | '?' | '!') && chars.peek() == Some(&' ');
        if parts {
            return true;
        }
    }
    false
}
