<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Find references</source>
        <translation>查找参考图</translation>
    </message>
    <message>
        <source>Paint the picture</source>
        <translation>绘制图像</translation>
    </message>
    <message>
        <source>Stop painting</source>
        <translation>停止绘制</translation>
    </message>
    <message>
        <source>Write the prompt</source>
        <translation>写提示词</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>换一个随机种子</translation>
    </message>
    <message>
        <source>Show the take large</source>
        <translation>放大查看成图</translation>
    </message>
    <message>
        <source>Export the take</source>
        <translation>导出成图</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>把文件夹加入图库</translation>
    </message>
    <message>
        <source>Make the sample library</source>
        <translation>生成示例图库</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索图库</translation>
    </message>
    <message>
        <source>Go to the board</source>
        <translation>转到画板</translation>
    </message>
    <message>
        <source>Go to the library</source>
        <translation>转到图库</translation>
    </message>
    <message>
        <source>Go to the settings</source>
        <translation>转到设置</translation>
    </message>
    <message>
        <source>Switch between dark and light</source>
        <translation>切换深色与浅色</translation>
    </message>
    <message>
        <source>Switch between English and Chinese</source>
        <translation>切换英文与中文</translation>
    </message>
    <message>
        <source>Show or hide the references</source>
        <translation>显示或隐藏参考图</translation>
    </message>
    <message>
        <source>Show or hide the inspector</source>
        <translation>显示或隐藏检查器</translation>
    </message>
    <message>
        <source>Show all actions</source>
        <translation>显示所有操作</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo on the board</source>
        <translation>撤销画板上的操作</translation>
    </message>
    <message>
        <source>Redo on the board</source>
        <translation>重做画板上的操作</translation>
    </message>
    <message>
        <source>New board</source>
        <translation>新建画板</translation>
    </message>
    <message>
        <source>Open a board</source>
        <translation>打开画板</translation>
    </message>
    <message>
        <source>Save the board as</source>
        <translation>画板另存为</translation>
    </message>
</context>
<context>
    <name>AssetCell</name>
    <message>
        <source>The file is not where it was</source>
        <translation>文件已不在原处</translation>
    </message>
    <message>
        <source>Use as a reference</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>从图库中移除</translation>
    </message>
</context>
<context>
    <name>BoardCanvas</name>
    <message>
        <source>Shelf: acts everywhere</source>
        <translation>搁架：作用于整幅画面</translation>
    </message>
    <message>
        <source>Describe the picture here: double-click</source>
        <translation>双击此处描述画面</translation>
    </message>
</context>
<context>
    <name>BoardInspector</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>for “%1”, %2</source>
        <translation>用于“%1”，%2</translation>
    </message>
    <message>
        <source>%1; %2 references act on it</source>
        <translation>%1；有 %2 张参考图作用于它</translation>
    </message>
    <message>
        <source>%1; place references in it or on its shelf</source>
        <translation>%1；把参考图放进画框或它的搁架</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Off the shelf</source>
        <translation>从搁架取下</translation>
    </message>
    <message>
        <source>To the shelf</source>
        <translation>放上搁架</translation>
    </message>
    <message>
        <source>On a frame&apos;s shelf a reference acts on the whole picture</source>
        <translation>放在画框搁架上的参考图作用于整幅画面</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>比例</translation>
    </message>
</context>
<context>
    <name>BoardMenu</name>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>New frame</source>
        <translation>新建画框</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新建便签</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Take from the frame&apos;s shelf</source>
        <translation>从画框的搁架取下</translation>
    </message>
    <message>
        <source>Put on the frame&apos;s shelf</source>
        <translation>放上画框的搁架</translation>
    </message>
    <message>
        <source>Flip left and right</source>
        <translation>左右翻转</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>移到最后</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Arrange in rows</source>
        <translation>按行排列</translation>
    </message>
    <message>
        <source>Arrange in columns</source>
        <translation>按列排列</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>BoardTextEditor</name>
    <message>
        <source>Write a note</source>
        <translation>写便签</translation>
    </message>
    <message>
        <source>What should be seen in this frame?</source>
        <translation>这个画框里应该有什么？</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Board</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Reference dropped</source>
        <translation>已弃用参考图</translation>
    </message>
    <message>
        <source>%1 references dropped</source>
        <translation>已弃用 %1 张参考图</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Tab goes through the items, arrows move them.</source>
        <translation>Tab 键在对象间切换，方向键移动对象。</translation>
    </message>
    <message>
        <source>An empty board</source>
        <translation>空画板</translation>
    </message>
    <message>
        <source>Write a prompt above to find references.
Drop or paste pictures from anywhere.
Double-click here to make a frame: what you place in it is what you get there.</source>
        <translation>在上方写提示词来查找参考图。
从任何地方拖入或粘贴图片。
双击此处新建画框：放在哪里，画面里就出现在哪里。</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>New frame</source>
        <translation>新建画框</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Or double-click on the board</source>
        <translation>或在画板上双击</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What would you like to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>No action has that name.</source>
        <translation>没有这个名称的操作。</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>%1 was not found.</source>
        <translation>未找到 %1。</translation>
    </message>
    <message>
        <source>%1 cannot be read or written.</source>
        <translation>无法读写 %1。</translation>
    </message>
    <message>
        <source>%1 is damaged.</source>
        <translation>%1 已损坏。</translation>
    </message>
    <message>
        <source>%1 is of a kind that Moodloom does not handle.</source>
        <translation>Moodloom 不支持 %1 这种类型。</translation>
    </message>
    <message>
        <source>%1 was made by a newer Moodloom. Update Moodloom to change it.</source>
        <translation>%1 由更新版本的 Moodloom 创建。请更新 Moodloom 后再修改。</translation>
    </message>
    <message>
        <source>%1 does not fit the rest.</source>
        <translation>%1 与其余部分不匹配。</translation>
    </message>
    <message>
        <source>%1 is read-only. Save a copy to change it.</source>
        <translation>%1 是只读的。请另存副本后再修改。</translation>
    </message>
    <message>
        <source>The disk is full: %1 was not written, and nothing was lost. Free some space and try again.</source>
        <translation>磁盘已满：%1 未写入，原有内容没有丢失。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>Not enough memory (%1). Close other programs or choose a smaller size.</source>
        <translation>内存不足 (%1)。请关闭其他程序或选择更小的尺寸。</translation>
    </message>
    <message>
        <source>%1 is not valid.</source>
        <translation>%1 无效。</translation>
    </message>
    <message>
        <source>Something went wrong in %1.</source>
        <translation>%1 出了问题。</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Copy this message</source>
        <translation>复制这条消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export this take</source>
        <translation>导出这张成图</translation>
    </message>
    <message>
        <source>PNG…</source>
        <translation>PNG…</translation>
    </message>
    <message>
        <source>The picture in sRGB, with its recipe inside.</source>
        <translation>sRGB 图像，内含生成配方。</translation>
    </message>
    <message>
        <source>PSD…</source>
        <translation>PSD…</translation>
    </message>
    <message>
        <source>Layers: the take, the references hidden, the notes.</source>
        <translation>分层：成图、隐藏的参考图、便签。</translation>
    </message>
    <message>
        <source>Photoshop document (*.psd)</source>
        <translation>Photoshop 文档 (*.psd)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
</context>
<context>
    <name>FacetChip</name>
    <message>
        <source>Left out of the search</source>
        <translation>不参与查找</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>Search for it again</source>
        <translation>重新参与查找</translation>
    </message>
    <message>
        <source>Leave it out of the search</source>
        <translation>不参与查找</translation>
    </message>
    <message>
        <source>Edit it in the prompt</source>
        <translation>在提示词中编辑</translation>
    </message>
</context>
<context>
    <name>FailureList</name>
    <message numerus="yes">
        <source>%n picture(s) could not be read</source>
        <translation>
            <numerusform>%n 张图片无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show why</source>
        <translation>查看原因</translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>%1 of %2 pictures</source>
        <translation>%1 / %2 张图片</translation>
    </message>
    <message>
        <source>%1 pictures</source>
        <translation>%1 张图片</translation>
    </message>
    <message>
        <source>Search names and keywords</source>
        <translation>搜索名称和关键词</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No picture has all of these words in its name, description or keywords.</source>
        <translation>没有图片的名称、描述或关键词包含所有这些词。</translation>
    </message>
    <message>
        <source>Your pictures are the material</source>
        <translation>您的图片就是素材</translation>
    </message>
    <message>
        <source>Moodloom looks up references in a library of your own pictures. They stay where they are and never leave this machine.
Add a folder, drop pictures here, or start with drawn samples.</source>
        <translation>Moodloom 在您自己的图库中查找参考图。图片留在原处，绝不离开这台电脑。
添加文件夹、把图片拖到这里，或从绘制的示例开始。</translation>
    </message>
    <message>
        <source>Make the sample library</source>
        <translation>生成示例图库</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>把文件夹加入图库</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>There is no take to export yet.</source>
        <translation>还没有可以导出的成图。</translation>
    </message>
    <message>
        <source>Dropped “%1”</source>
        <translation>已弃用“%1”</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>%1 added, %2 could not be read</source>
        <translation>已添加 %1 张，%2 张无法读取</translation>
    </message>
    <message>
        <source>%1 added to the library</source>
        <translation>已添加 %1 张到图库</translation>
    </message>
    <message>
        <source>Open a board</source>
        <translation>打开画板</translation>
    </message>
    <message>
        <source>Moodloom board (*.moodloom)</source>
        <translation>Moodloom 画板 (*.moodloom)</translation>
    </message>
    <message>
        <source>Save the board as</source>
        <translation>画板另存为</translation>
    </message>
</context>
<context>
    <name>PaintSettingsPanel</name>
    <message>
        <source>Painting</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>换一个随机种子</translation>
    </message>
    <message>
        <source>Use a new seed for every take</source>
        <translation>每次使用新种子</translation>
    </message>
    <message>
        <source>Keep this seed</source>
        <translation>固定这个种子</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>像素尺寸</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>交换宽高</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Guidance: how closely it follows the prompt</source>
        <translation>引导强度：画面多贴近提示词</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用内置模型</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Avoid</source>
        <translation>避免</translation>
    </message>
    <message>
        <source>What should not be in the picture</source>
        <translation>画面中不应出现的内容</translation>
    </message>
</context>
<context>
    <name>PromptBar</name>
    <message>
        <source>Describe the picture, for example: a red car leaping over the Great Wall at sunset</source>
        <translation>描述画面，例如：大众揽巡飞跃长城</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find references for this prompt</source>
        <translation>为这段提示词查找参考图</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Paint the picture</source>
        <translation>绘制图像</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop painting</source>
        <translation>停止绘制</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Board</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>所有操作</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>RecipeText</name>
    <message>
        <source>The model&apos;s own</source>
        <translation>模型自带</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>引导 %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReferenceCard</name>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin: keep it, and find more in its direction</source>
        <translation>固定：保留它，并多找相近的</translation>
    </message>
    <message>
        <source>Drop: take it away, and find fewer like it</source>
        <translation>弃用：拿走它，并少找类似的</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>Why it is here: %1</source>
        <translation>为何在此：%1</translation>
    </message>
</context>
<context>
    <name>ReferenceDetails</name>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Weight: how strongly it shapes the picture</source>
        <translation>权重：它对画面的影响有多强</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>ReferencesPanel</name>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>The library is empty</source>
        <translation>图库是空的</translation>
    </message>
    <message>
        <source>Nothing fits this prompt</source>
        <translation>没有与这段提示词相符的图片</translation>
    </message>
    <message>
        <source>No references yet</source>
        <translation>还没有参考图</translation>
    </message>
    <message>
        <source>References are looked up in your own pictures. Add a folder of them first.</source>
        <translation>参考图来自您自己的图片。请先添加一个文件夹。</translation>
    </message>
    <message>
        <source>Try other words, or drop a picture here.</source>
        <translation>换些词试试，或把图片拖到这里。</translation>
    </message>
    <message>
        <source>Write a prompt and press Enter, or drop pictures anywhere.</source>
        <translation>写下提示词并按回车，或把图片拖到任意位置。</translation>
    </message>
    <message>
        <source>Open the library</source>
        <translation>打开图库</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Grey of the board</source>
        <translation>画板灰度</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动效</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>减少动效</translation>
    </message>
    <message>
        <source>Folders and machine</source>
        <translation>文件夹与电脑</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Back to the default place</source>
        <translation>恢复默认位置</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the library&apos;s folder</source>
        <translation>选择图库文件夹</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用内置模型</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>0 uses all %1</source>
        <translation>0 表示使用全部 %1 个</translation>
    </message>
    <message>
        <source>Folders and threads change when Moodloom is started again.</source>
        <translation>文件夹和线程的更改在重新启动 Moodloom 后生效。</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Click a shortcut and press the new keys. Backspace takes it away, Esc leaves it.</source>
        <translation>点击快捷键，然后按下新的按键。退格键清除，Esc 保持不变。</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Back to the original shortcut</source>
        <translation>恢复原来的快捷键</translation>
    </message>
    <message>
        <source>Press the keys</source>
        <translation>请按键</translation>
    </message>
    <message>
        <source>Shortcut for: %1</source>
        <translation>快捷键：%1</translation>
    </message>
</context>
<context>
    <name>StudioPage</name>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>TakeCard</name>
    <message>
        <source>Remove the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star this take</source>
        <translation>给这张成图加星标</translation>
    </message>
    <message>
        <source>Delete this take</source>
        <translation>删除这张成图</translation>
    </message>
</context>
<context>
    <name>TakeDetails</name>
    <message>
        <source>Take</source>
        <translation>成图</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star this take</source>
        <translation>给这张成图加星标</translation>
    </message>
    <message>
        <source>Delete this take</source>
        <translation>删除这张成图</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save as PNG or layered PSD</source>
        <translation>存为 PNG 或分层 PSD</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用它的设置</translation>
    </message>
    <message>
        <source>Seed, size and the rest become those of this take</source>
        <translation>种子、尺寸等都改为这张成图的值</translation>
    </message>
</context>
<context>
    <name>TakeViewer</name>
    <message>
        <source>the take before</source>
        <translation>上一张成图</translation>
    </message>
    <message>
        <source>hold Space to see the take before</source>
        <translation>按住空格键查看上一张成图</translation>
    </message>
    <message>
        <source>Back to the board</source>
        <translation>回到画板</translation>
    </message>
</context>
<context>
    <name>TakesStrip</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>成图</translation>
    </message>
    <message>
        <source>step %1/%2</source>
        <translation>第 %1/%2 步</translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Painted pictures gather here. Ctrl+Enter paints one.</source>
        <translation>绘制好的图像会排在这里。按 Ctrl+Enter 绘制一张。</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>WhyText</name>
    <message>
        <source>text and picture %1</source>
        <translation>图文相似 %1</translation>
    </message>
    <message>
        <source>words %1</source>
        <translation>词语 %1</translation>
    </message>
    <message>
        <source>colour %1</source>
        <translation>颜色 %1</translation>
    </message>
    <message>
        <source>pins and drops %1</source>
        <translation>固定与弃用 %1</translation>
    </message>
    <message>
        <source>your own picture</source>
        <translation>您自己的图片</translation>
    </message>
</context>
<context>
    <name>moodloom::board::Board</name>
    <message>
        <source>Untitled board</source>
        <translation>未命名画板</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Place references</source>
        <translation>摆放参考图</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>移到最后</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>排列</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加便签</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>编辑便签</translation>
    </message>
    <message>
        <source>Note color</source>
        <translation>便签颜色</translation>
    </message>
    <message>
        <source>Add frame</source>
        <translation>添加画框</translation>
    </message>
    <message>
        <source>Edit prompt</source>
        <translation>编辑提示词</translation>
    </message>
    <message>
        <source>Put on shelf</source>
        <translation>放上搁架</translation>
    </message>
    <message>
        <source>Take from shelf</source>
        <translation>从搁架取下</translation>
    </message>
    <message>
        <source>Remove take</source>
        <translation>移除成图</translation>
    </message>
    <message>
        <source>Star take</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>Unstar take</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Show take</source>
        <translation>显示成图</translation>
    </message>
</context>
<context>
    <name>moodloom::exporting</name>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>成图</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>便签</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
</context>
<context>
    <name>moodloom::session::Session</name>
    <message>
        <source>Change picture settings</source>
        <translation>更改画面设置</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::BoardController</name>
    <message>
        <source>Not saved: %1 Your edits are kept here and written as soon as that is possible.</source>
        <translation>尚未保存：%1 您的修改保留在此，一旦可行便会写入。</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture “%1”</source>
        <translation>图片“%1”</translation>
    </message>
    <message>
        <source>%1, pinned</source>
        <translation>%1，已固定</translation>
    </message>
    <message>
        <source>Note “%1”</source>
        <translation>便签“%1”</translation>
    </message>
    <message>
        <source>Frame without a prompt</source>
        <translation>没有提示词的画框</translation>
    </message>
    <message>
        <source>Frame “%1”</source>
        <translation>画框“%1”</translation>
    </message>
    <message>
        <source>%1 items</source>
        <translation>%1 个对象</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Frame&apos;s shape</source>
        <translation>画框比例</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Exporter</name>
    <message>
        <source>take</source>
        <translation>成图</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::FacetModel</name>
    <message>
        <source>setting</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>style</source>
        <translation>风格</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ImportProgress</name>
    <message>
        <source>Looking for pictures</source>
        <translation>正在寻找图片</translation>
    </message>
    <message>
        <source>Paused at %1 of %2</source>
        <translation>已暂停：%1 / %2</translation>
    </message>
    <message>
        <source>Drawing %1 of %2</source>
        <translation>正在绘制 %1 / %2</translation>
    </message>
    <message>
        <source>Understanding %1 of %2</source>
        <translation>正在理解 %1 / %2</translation>
    </message>
    <message>
        <source>Indexing %1 of %2</source>
        <translation>正在索引 %1 / %2</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1 张</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 张失败</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a sentence</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Language</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::PaintOptions</name>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ReferencesModel</name>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2 ms</source>
        <translation>%1，用时 %2 毫秒</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整幅画面</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Workspace</name>
    <message>
        <source>Painting is much slower than it could be, because a slow arithmetic library (BLAS) is in use. Install libopenblas0-pthread and start Moodloom again.</source>
        <translation>绘制速度远低于应有水平，因为正在使用较慢的运算库 (BLAS)。请安装 libopenblas0-pthread 并重新启动 Moodloom。</translation>
    </message>
</context>
</TS>
